using Microsoft.AspNetCore.Authentication;

namespace BackupOnline.Client.Access;

internal static class AccessRegistration
{
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<KeyJudge>().AddSingleton<WrongKeyThrottle>().AddSingleton<StrangerLog>().AddSingleton<GuessGuard>().AddSingleton<KeyRecheck>();
        builder.Services.AddSingleton<OperatorReads>().AddSingleton<TenantGate>().AddSingleton<HostGate>();
        builder.Services.AddAuthentication(KeyScheme.Bearer)
            .AddScheme<AuthenticationSchemeOptions, KeyScheme>(KeyScheme.Bearer, null)
            .AddScheme<AuthenticationSchemeOptions, KeyScheme>(KeyScheme.Basic, null);
        Policies.Add(builder.Services.AddAuthorizationBuilder());
    }
}
