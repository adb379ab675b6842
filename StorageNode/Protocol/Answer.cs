using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BackupOnline.StorageNode.Protocol;

/// <summary>Short answers without an object. The sentence is the reason phrase too: stock restic shows that line and not the body.</summary>
internal static class Answer
{
    public static async Task TextAsync(HttpContext context, int status, string sentence, bool close = false)
    {
        var response = context.Response;
        if (response.HasStarted)
        {
            context.Abort();
            return;
        }

        response.StatusCode = status;
        if (context.Features.Get<IHttpResponseFeature>() is { } line)
            line.ReasonPhrase = sentence;

        // HTTP/2 has neither this header nor the need: a stream ends alone.
        if (close && HttpProtocol.IsHttp11(context.Request.Protocol))
            response.Headers.Connection = "close";

        var body = Encoding.UTF8.GetBytes(sentence + "\n");
        response.ContentType = "text/plain; charset=utf-8";
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(body, context.RequestAborted);
    }

    public static Task NotFoundAsync(HttpContext context) => TextAsync(context, StatusCodes.Status404NotFound, "Not found");
}
