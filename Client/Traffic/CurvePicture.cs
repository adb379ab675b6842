using System.Globalization;
using System.Text;
using BackupOnline.Grains.Interfaces.Traffic;

namespace BackupOnline.Client.Traffic;

/// <summary>The ranked curve as a picture: slots from the busiest to the deciding one, the limit across, the free ones shaded.</summary>
internal static class CurvePicture
{
    private const int Width = 800;
    private const int Height = 320;
    private const int Left = 60;
    private const int Bottom = 30;
    private const int Top = 30;

    public static string Draw(TrafficStatement statement)
    {
        var (month, curve) = (statement.Month, statement.Curve);
        var most = Math.Max(month.LimitBytes * 1.25, curve.Length > 0 ? curve[0].Bytes : 0);
        double X(int position) => Left + ((Width - Left - 20.0) * position / (month.FreeSamples + 1));
        double Y(double bytes) => Height - Bottom - ((Height - Bottom - Top) * bytes / most);

        var svg = new StringBuilder();
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\" role=\"img\">");
        Add($"<title>{month.Tenant} {month.Month}: p95 {Mbps(month.P95Bytes)} Mbit/s</title>");
        Add($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>");
        Add($"<rect x=\"{Left}\" y=\"{Top}\" width=\"{X(month.FreeSamples) - Left:0.#}\" height=\"{Height - Bottom - Top}\" fill=\"#eef3f8\"/>");
        Add($"<text x=\"{Left + 6}\" y=\"{Top + 14}\" fill=\"#567\">5 %: {month.FreeSamples}</text>");
        if (curve.Length > 0)
        {
            svg.Append("<polyline fill=\"none\" stroke=\"#1565c0\" stroke-width=\"2\" points=\"");
            foreach (var point in curve)
                Add($"{X(point.Position - 1):0.#},{Y(point.Bytes):0.#} {X(point.Position):0.#},{Y(point.Bytes):0.#} ");
            svg.Append("\"/>");
        }

        var limit = Y(month.LimitBytes);
        Add($"<line x1=\"{Left}\" y1=\"{limit:0.#}\" x2=\"{Width - 20}\" y2=\"{limit:0.#}\" stroke=\"#c62828\" stroke-dasharray=\"6 4\"/>");
        Add($"<text x=\"{Left - 6}\" y=\"{limit + 4:0.#}\" text-anchor=\"end\" fill=\"#c62828\">{Mbps(month.LimitBytes)}</text>");
        Add($"<text x=\"{Left - 6}\" y=\"{Top + 4}\" text-anchor=\"end\" fill=\"#333\">{Mbps((long)most)}</text>");
        Add($"<text x=\"{Left - 6}\" y=\"{Height - Bottom + 4}\" text-anchor=\"end\" fill=\"#333\">0</text>");
        if (statement.Deciding is { } deciding)
            Add($"<circle cx=\"{X(deciding.Position):0.#}\" cy=\"{Y(deciding.Bytes):0.#}\" r=\"4\" fill=\"#1565c0\"/>");
        Add($"<text x=\"{Left}\" y=\"18\" fill=\"#333\">{month.Tenant} {month.Month}: p95 = {Mbps(month.P95Bytes)} Mbit/s</text>");
        Add($"<text x=\"{Width - 20}\" y=\"{Height - 8}\" text-anchor=\"end\" fill=\"#333\">Mbit/s, {month.Series}</text>");
        svg.Append("</svg>");
        return svg.ToString();

        void Add(FormattableString text) => svg.Append(text.ToString(CultureInfo.InvariantCulture));
    }

    private static string Mbps(long bytesPerSlot) => (bytesPerSlot * 8m / 300 / 1_000_000).ToString("0.###", CultureInfo.InvariantCulture);
}
