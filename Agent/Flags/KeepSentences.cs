using BackupOnline.Agent.Languages;

namespace BackupOnline.Agent.Flags;

internal static class KeepSentences
{
    public static readonly Sentence KeepLast = new("keep the newest so many snapshots (or unlimited)", "garder les derniers instantanés, en ce nombre (ou unlimited)");
    public static readonly Sentence KeepHourly = new("keep the newest snapshot of each of so many hours", "garder le dernier instantané de chaque heure, pour ce nombre d'heures");
    public static readonly Sentence KeepDaily = new("keep the newest snapshot of each of so many days", "garder le dernier instantané de chaque jour, pour ce nombre de jours");
    public static readonly Sentence KeepWeekly = new("keep the newest snapshot of each of so many weeks", "garder le dernier instantané de chaque semaine, pour ce nombre de semaines");
    public static readonly Sentence KeepMonthly = new("keep the newest snapshot of each of so many months", "garder le dernier instantané de chaque mois, pour ce nombre de mois");
    public static readonly Sentence KeepYearly = new("keep the newest snapshot of each of so many years", "garder le dernier instantané de chaque année, pour ce nombre d'années");
    public static readonly Sentence KeepWithin = new(
        "keep what is at most so much older than the newest snapshot, such as 2y5m7d3h",
        "garder ce qui est plus vieux d'au plus cette période que le dernier instantané, par exemple 2y5m7d3h");
    public static readonly Sentence KeepWithinHourly = new("the same, the newest of each hour", "de même, le dernier de chaque heure");
    public static readonly Sentence KeepWithinDaily = new("the same, the newest of each day", "de même, le dernier de chaque jour");
    public static readonly Sentence KeepWithinWeekly = new("the same, the newest of each week", "de même, le dernier de chaque semaine");
    public static readonly Sentence KeepWithinMonthly = new("the same, the newest of each month", "de même, le dernier de chaque mois");
    public static readonly Sentence KeepWithinYearly = new("the same, the newest of each year", "de même, le dernier de chaque année");
    public static readonly Sentence KeepTag = new("keep snapshots with all these tags, several by comma (repeatable)", "garder les instantanés ayant toutes ces étiquettes, plusieurs par virgule (répétable)");
    public static readonly Sentence BadCount = new("it is a number from 0, or unlimited", "c'est un nombre à partir de 0, ou unlimited");
    public static readonly Sentence BadPeriod = new("a period looks like 2y5m7d3h (years, months, days, hours)", "une période s'écrit 2y5m7d3h (années, mois, jours, heures)");
}
