namespace BackupOnline.Rules.Contracts;

/// <summary>What a customer is in law. All but professionals must be told before a tacit renewal.</summary>
public enum ContractClient
{
    Professional = 0,
    NonProfessional = 1,
    Consumer = 2,
}
