using System.Globalization;
using System.Text;

namespace BackupOnline.Fleet;

/// <summary>The report as an SVG: above, the months beyond the limit of each fleet; below, the percentiles of the worst months, naive and paced.</summary>
public static class FleetPicture
{
    private const int Width = 860;
    private const int Left = 240;
    private const int Right = 820;
    private const string Avoidable = "#d1495b";
    private const string Unavoidable = "#a9a9a9";

    public static string Draw(FleetReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} 620\" font-family=\"sans-serif\" font-size=\"13\">");
        text.AppendLine(CultureInfo.InvariantCulture, $"<rect width=\"{Width}\" height=\"620\" fill=\"white\"/>");
        Label(text, 20, 24, $"Months above 5 Mbit/s, of {report.Model.Tenants * report.Model.Months} tenant-months (scale: logarithmic)", true);
        Bars(text, report);
        Label(text, 20, 300, "95th percentile of the worst months in Mbit/s, start times spread, each curve in its own order", true);
        Curves(text, report);
        return text.AppendLine("</svg>").ToString();
    }

    private static void Bars(StringBuilder text, FleetReport report)
    {
        var most = Math.Log(1 + report.Results.Max(result => result.Breaches.Count()));
        var y = 44;
        foreach (var result in report.Results)
        {
            var all = result.Breaches.Count();
            var avoidable = report.AvoidableBreaches(result);
            var beyond = Left + ((Right - Left - 190) * Math.Log(1 + all) / most);
            var kept = Left + ((Right - Left - 190) * Math.Log(1 + all - avoidable) / most);
            Label(text, 20, y + 15, result.Variant.Name, false);
            Box(text, Left, y, kept - Left, Unavoidable);
            Box(text, kept, y, beyond - kept, Avoidable);
            Label(text, beyond + 6, y + 15, avoidable == 0 ? $"{all}" : $"{all}, {avoidable} of them avoidable", false);
            y += 34;
        }

        Label(text, Left, y + 14, "grey: above the limit with hindsight too; red: avoidable", false);
    }

    private static void Curves(StringBuilder text, FleetReport report)
    {
        const int top = 320, bottom = 580;
        var shown = Math.Max(20, report.Model.Tenants * report.Model.Months / 10);
        foreach (var rate in new[] { 1, 2, 5, 10, 20, 50, 100 })
        {
            var y = Y(rate);
            text.AppendLine(CultureInfo.InvariantCulture, $"<line x1=\"60\" x2=\"{Right}\" y1=\"{y:F1}\" y2=\"{y:F1}\" stroke=\"{(rate == 5 ? "#222" : "#ddd")}\" stroke-dasharray=\"{(rate == 5 ? "6 4" : "0")}\"/>");
            Label(text, 28, y + 4, $"{rate}", false);
        }

        Curve(Way.AtOnce, Avoidable);
        Curve(Way.Paced, "#2e6f95");
        Label(text, 60, 604, $"the {shown} worst of the tenant-months; red: naive, blue: paced, dashed: the contract's limit", false);

        void Curve(Way way, string colour)
        {
            var months = report.Results.First(result => result.Variant.Way == way && result.Variant.Spread).Months.OrderByDescending(month => month.PercentileBytes).Take(shown).ToList();
            var points = months.Select((month, at) => string.Create(CultureInfo.InvariantCulture, $"{60 + ((Right - 60.0) * at / shown):F1},{Y(month.PercentileBytes / 37_500_000.0):F1}"));
            text.AppendLine(CultureInfo.InvariantCulture, $"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{string.Join(' ', points)}\"/>");
        }

        static double Y(double mbps) => bottom - ((bottom - top) * Math.Log10(Math.Clamp(mbps, 1, 100)) / 2);
    }

    private static void Box(StringBuilder text, double x, double y, double width, string colour) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"<rect x=\"{x:F1}\" y=\"{y:F1}\" width=\"{Math.Max(0, width):F1}\" height=\"22\" fill=\"{colour}\"/>");

    private static void Label(StringBuilder text, double x, double y, string words, bool bold) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{x:F1}\" y=\"{y:F1}\"{(bold ? " font-weight=\"bold\"" : "")}>{words}</text>");
}
