using System.Security.Cryptography;
using System.Text;
using BackupOnline.Grains.Interfaces.Access;

namespace BackupOnline.Client.Hosts;

/// <summary>
/// What an enrolment hands out, derived from the one-time code (260 random bits that only the invited person knows) and the host's public key.
/// The same code and key give the same secrets: when the answer was lost, the agent asks again and gets it again, and nothing had to be stored.
/// </summary>
internal sealed class EnrolmentSecrets(string code, string publicKey)
{
    /// <summary>The secret with which the host will speak to the door.</summary>
    public string HostSecret => SecretText.FromBytes(Derive("host"));

    /// <summary>Key id of the host's append credential.</summary>
    public string CredentialKeyId => SecretText.IdFromBytes('c', Derive("credential-id"));

    /// <summary>Secret of the host's append credential.</summary>
    public string CredentialSecret => SecretText.FromBytes(Derive("credential"));

    private byte[] Derive(string purpose) =>
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(code), Encoding.UTF8.GetBytes($"backuponline-enrolment-1\n{purpose}\n{publicKey}"));
}
