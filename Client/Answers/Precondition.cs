using System.Globalization;
using BackupOnline.Client.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BackupOnline.Client.Answers;

/// <summary>The version that an editor says he read, from If-Match.</summary>
internal static class Precondition
{
    /// <summary>Null in <paramref name="version"/> for <c>*</c>: overwrite whatever is there.</summary>
    public static ProblemHttpResult? Read(HttpContext http, out long? version)
    {
        version = null;
        var text = http.Request.Headers.IfMatch.ToString().Trim();
        if (text.Length == 0)
            return Problem.Of(StatusCodes.Status428PreconditionRequired, "if-match-required", "Send the ETag of what you read as If-Match, or If-Match: * to overwrite whatever is there.");
        if (text == "*")
            return null;
        if (text is ['"', .. var number, '"'] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var read))
        {
            version = read;
            return null;
        }
        return Problem.Of(StatusCodes.Status412PreconditionFailed, "if-match-unknown", "If-Match is not an ETag that the door gave. Read again, and send the ETag as it came, with its quotes.");
    }
}
