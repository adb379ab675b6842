using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using BackupOnline.Agent.Door;
using BackupOnline.Agent.Enrolment;
using BackupOnline.Agent.Exits;
using BackupOnline.Agent.Flags;
using BackupOnline.Agent.Lines;
using BackupOnline.Agent.Repositories;
using BackupOnline.Agent.Screens;
using BackupOnline.Agent.Secrets;

namespace BackupOnline.Agent.Commands;

/// <summary>
/// Redeems a one-time code. The key pair is written before the code is sent, and the answer after: whatever is cut in between, the same command with the
/// same code sends the same keys again, which the service knows as a repetition.
/// </summary>
internal static class EnrollCommand
{
    private const string CodePrefix = "boe_";
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    public static Command Create(GlobalFlags flags, Screen screen)
    {
        var server = new Option<string>("--server") { Description = screen.Speech.Say(CommandSentences.Server), HelpName = "url", Required = true };
        var codeFile = new Option<string?>("--code-file") { Description = screen.Speech.Say(CommandSentences.CodeFile), HelpName = "file" };
        var codeCommand = new Option<string?>("--code-command") { Description = screen.Speech.Say(CommandSentences.CodeCommand), HelpName = "command" };
        var command = new Command("enroll", screen.Speech.Say(CommandSentences.Enroll)) { server, codeFile, codeCommand };
        command.Aliases.Add("enrol");
        command.Bind(flags, screen, async (context, cancellation) =>
        {
            var door = ServerOf(context.Parsed.GetValue(server)!);
            var existing = context.ConfigurationFile.Read();
            if (existing is { Enrolled: true })
                throw new AgentStop(ExitCode.Fatal, EnrolmentSentences.AlreadyEnrolled, existing.Tenant!, existing.Host!, context.ConfigurationFile.Path);
            var code = await CodeAsync(context, context.Parsed.GetValue(codeFile), context.Parsed.GetValue(codeCommand), cancellation);
            var pending = Prepare(context, door, code, existing);
            var done = await RedeemAsync(context, pending, code, cancellation);
            Tell(context, done);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Uri ServerOf(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0 || url.UserInfo.Length > 0)
            throw new AgentStop(ExitCode.Fatal, RepositorySentences.BadUrl);
        PlainHttp.Refuse(url);
        return url.AbsoluteUri.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/");
    }

    private static async Task<string> CodeAsync(CommandContext context, string? file, string? command, CancellationToken cancellation)
    {
        if (file is not null && command is not null)
            throw new AgentStop(ExitCode.Fatal, EnrolmentSentences.TwoCodes);
        var code = file is not null ? SecretFile.Read(file)
            : command is not null ? await SecretCommand.ReadAsync(command, cancellation)
            : context.Surroundings.Variable("BACKUPONLINE_CODE") is { Length: > 0 } variable ? variable.Trim()
            : context.Surroundings.CanAsk ? Prompt.Ask(context.Screen.Speech.Say(EnrolmentSentences.AskCode)).Trim()
            : throw new AgentStop(ExitCode.Fatal, EnrolmentSentences.NoCode);
        return code.StartsWith(CodePrefix, StringComparison.Ordinal) && code.Length is > 8 and < 500
            ? code
            : throw new AgentStop(ExitCode.Fatal, EnrolmentSentences.BadCode);
    }

    private static AgentConfiguration Prepare(CommandContext context, Uri door, string code, AgentConfiguration? existing)
    {
        var codeSha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
        if (existing?.PendingCodeSha256 == codeSha256 && existing.Server == door)
            return existing;
        var (publicKey, privateKey) = HostKeyPair.Make();
        var pending = new AgentConfiguration
        {
            Server = door,
            PublicKey = publicKey,
            PrivateKey = privateKey,
            PendingCodeSha256 = codeSha256,
            CaCertificate = context.CaCertificate is { } file ? Path.GetFullPath(file) : null,
        };
        context.ConfigurationFile.Write(pending);
        return pending;
    }

    private static async Task<AgentConfiguration> RedeemAsync(CommandContext context, AgentConfiguration pending, string code, CancellationToken cancellation)
    {
        using var door = new DoorClient(pending.Server, null, TrustedCertificates.Handler(context.CaCertificate ?? pending.CaCertificate), AnswerWithin);
        var answer = await door.PostAsync(
            "enrolments",
            new EnrolRequest(code, pending.PublicKey, Product.Capabilities),
            DoorJson.Default.EnrolRequest,
            DoorJson.Default.Enrolled,
            pending.PendingCodeSha256,
            cancellation);
        ClockSkew.Warn(context.Screen, answer.Date);
        if (answer.Unreachable is { } reason)
            throw new AgentStop(ExitCode.Unavailable, EnrolmentSentences.Repeatable, $"{pending.Server}: {reason}.");
        if (answer.Refusal is { Code: not null } refusal)
            throw new AgentStop(ExitCode.NotAuthorised, EnrolmentSentences.Refused, refusal.Detail ?? refusal.Title ?? "-", refusal.Code);
        if (answer.Value is not { Tenant: not null, Host: not null, Vault: not null, Key: not null, Url: not null, Credential.Secret: not null } enrolled)
            throw new AgentStop(ExitCode.Fatal, EnrolmentSentences.BadAnswer, pending.Server);
        PlainHttp.Refuse(enrolled.Url);
        var done = pending with
        {
            PendingCodeSha256 = null,
            Tenant = enrolled.Tenant,
            Host = enrolled.Host,
            Vault = enrolled.Vault,
            Key = enrolled.Key,
            Shelf = VaultUrl(enrolled),
            Credential = enrolled.Credential,
        };
        context.ConfigurationFile.Write(done);
        return done;
    }

    // The door gives the vault's whole address; a bare shelf is completed.
    private static Uri VaultUrl(Enrolled enrolled)
    {
        var url = enrolled.Url!.AbsoluteUri.EndsWith('/') ? enrolled.Url : new Uri(enrolled.Url.AbsoluteUri + "/");
        var path = $"{enrolled.Tenant}/{enrolled.Vault}/";
        return url.AbsolutePath.EndsWith("/" + path, StringComparison.Ordinal) ? url : new Uri(url, path);
    }

    private static void Tell(CommandContext context, AgentConfiguration done)
    {
        if (context.Screen.Json)
            context.Screen.Line(new EnrolledLine(done.Tenant!, done.Host!, done.Vault!, done.Address().Shown, context.ConfigurationFile.Path), AgentJson.Lines.EnrolledLine);
        else
            context.Screen.Tell(EnrolmentSentences.Done, done.Tenant, done.Host, done.Vault, context.ConfigurationFile.Path);
    }
}
