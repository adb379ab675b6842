namespace BackupOnline.Client.Access;

/// <summary>What a key is for, by its first letters.</summary>
internal enum KeyForm
{
    /// <summary><c>bo_</c>: a program of the provider or of a tenant.</summary>
    Program,

    /// <summary><c>boh_</c>: an enrolled agent.</summary>
    Host,

    /// <summary><c>boe_</c>: the one-time code of an enrolment; opens nothing else.</summary>
    Enrolment,
}
