using Microsoft.AspNetCore.Authorization;

namespace BackupOnline.Client.Access;

/// <summary>Who may enter which endpoints. Roles only: whose tenant it is, is judged by <see cref="TenantGate"/>.</summary>
internal static class Policies
{
    public const string Operator = nameof(Operator);
    public const string Manager = nameof(Manager);
    public const string Reader = nameof(Reader);
    public const string Host = nameof(Host);
    public const string ReaderOrHost = nameof(ReaderOrHost);
    public const string Dashboard = nameof(Dashboard);

    public static void Add(AuthorizationBuilder builder)
    {
        Roles(Operator, VisitorRole.Operator);
        Roles(Manager, VisitorRole.Manager, VisitorRole.Operator);
        Roles(Reader, VisitorRole.Reader, VisitorRole.Manager, VisitorRole.Operator);
        Roles(Host, VisitorRole.Host);
        Roles(ReaderOrHost, VisitorRole.Reader, VisitorRole.Manager, VisitorRole.Operator, VisitorRole.Host);
        builder.AddPolicy(Dashboard, policy => policy
            .AddAuthenticationSchemes(KeyScheme.Bearer, KeyScheme.Basic)
            .RequireRole(VisitorRole.Operator.ToString()));

        void Roles(string name, params VisitorRole[] roles) =>
            builder.AddPolicy(name, policy => policy.RequireRole(roles.Select(role => role.ToString())));
    }
}
