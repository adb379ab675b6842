using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Commands;

/// <summary>What <c>usage</c> and <c>p95</c> say.</summary>
internal static class TrafficSentences
{
    public static readonly Sentence Usage = new("show what is stored, the quota, and the traffic of the month", "afficher ce qui est stocké, le quota, et le trafic du mois");
    public static readonly Sentence Percentile = new(
        "show the 95th percentile of the month: where it stands, what is left, where it is heading", "afficher le 95e centile du mois : où il en est, ce qui reste, où il va");
    public static readonly Sentence Month = new("the month, such as 2026-11; without it the present one", "le mois, par exemple 2026-11 ; par défaut le mois en cours");
    public static readonly Sentence NotEnrolled = new(
        "This machine is not enrolled: only the service knows its traffic. Enrol it with \"backuponline enroll\".",
        "Cette machine n'est pas inscrite : seul le service connaît son trafic. Inscrivez-la par « backuponline enroll ».");
    public static readonly Sentence Away = new("The service does not answer ({0}). Try again later.", "Le service ne répond pas ({0}). Réessayez plus tard.");
    public static readonly Sentence Refused = new("{0}", "Le service refuse : {0}");

    public static readonly Sentence Vault = new("{0}: {1} in {2} objects; last snapshot {3}", "{0} : {1} en {2} objets ; dernier instantané {3}");
    public static readonly Sentence Never = new("never", "jamais");
    public static readonly Sentence Quota = new("Quota: {0}", "Quota : {0}");
    public static readonly Sentence NoQuota = new("Quota: none", "Quota : aucun");
    public static readonly Sentence Traffic = new("Traffic of {0}: {1} received, {2} sent", "Trafic de {0} : {1} reçus, {2} émis");

    public static readonly Sentence Bound = new("{0}: p95 so far {1}, limit {2}", "{0} : 95e centile à ce jour {1}, limite {2}");
    public static readonly Sentence Final = new("{0}: p95 {1}, limit {2} (sealed)", "{0} : 95e centile {1}, limite {2} (clos)");
    public static readonly Sentence Corrected = new("Corrected in your favour: {0}", "Corrigé en votre faveur : {0}");
    public static readonly Sentence Credits = new("Intervals above the limit: {0} of {1}; {2} left", "Intervalles au-dessus de la limite : {0} sur {1} ; il en reste {2}");
    public static readonly Sentence Forecast = new("Heading for {0}", "Tendance : {0}");
    public static readonly Sentence Free = new("Burst: {0}", "Débit de pointe : {0}");
    public static readonly Sentence Conformity = new("Burst: {0} for a part of the intervals, {1} otherwise", "Débit de pointe : {0} pour une partie des intervalles, {1} sinon");
    public static readonly Sentence Picture = new("The busiest intervals; those left of | do not count:", "Les intervalles les plus chargés ; ceux à gauche de | ne comptent pas :");
}
