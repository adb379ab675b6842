namespace BackupOnline.Grains.Interfaces.Contracts;

/// <summary>What the customer is in law. Consumers and non-professionals are protected: without a valid renewal notice they may leave at any time after the renewal.</summary>
[GenerateSerializer, Alias("bo.contract.client-class")]
public enum ClientClass
{
    Professional = 0,

    NonProfessional = 1,

    Consumer = 2,
}
