using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Cairn.Adapters.Files;
using Cairn.Core;

namespace Cairn.Adapters.Downloads;

/// <summary>One try to bring the cache up to date: ask whether it changed, continue a part or begin anew, hash what comes.</summary>
internal sealed class OneFetch(string address, Uri uri, CachedFile file, WebClient client, Place? place)
{
    public Downloaded Run(CancellationToken stop)
    {
        Known? part = file.Part is { Validator: not null } known ? known : null;
        long from = part is null ? 0 : file.PartLength;
        using HttpResponseMessage response = client.Get(uri, headers => Ask(headers, part, from), place, stop);
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotModified when file.Whole is { } whole:
                return whole.Downloaded(address);
            case HttpStatusCode.OK:
                return Receive(response, 0, stop);
            case HttpStatusCode.PartialContent when from > 0 && response.Content.Headers.ContentRange is { From: { } start } range && start == from
                && (range.Length is null || part!.Length is null || range.Length == part.Length):
                return Receive(response, from, stop);
            case HttpStatusCode.RequestedRangeNotSatisfiable or HttpStatusCode.PartialContent:
                // The part does not fit what the server has now.
                File.Delete(file.PartPath);
                throw new CutOffException("it does not have the rest of what came before", mayPass: true);
            default:
                throw Refusal(response);
        }
    }

    private void Ask(HttpRequestHeaders headers, Known? part, long from)
    {
        if (part is not null)
        {
            headers.Range = new RangeHeaderValue(from, null);
            headers.TryAddWithoutValidation("If-Range", part.Validator);
        }
        else if (file.Whole is { } whole)
        {
            if (whole.ETag is not null)
            {
                headers.TryAddWithoutValidation("If-None-Match", whole.ETag);
            }

            if (whole.LastModified is not null)
            {
                headers.TryAddWithoutValidation("If-Modified-Since", whole.LastModified);
            }
        }
    }

    private Downloaded Receive(HttpResponseMessage response, long from, CancellationToken stop)
    {
        string? etag = Header(response, "ETag");
        string? lastModified = Header(response, "Last-Modified");
        long? length = response.Content.Headers.ContentLength is { } rest ? from + rest : null;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 17];
        try
        {
            if (from == 0)
            {
                file.BeginPart(etag, lastModified, length);
            }

            using var part = new FileStream(file.PartPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, 1);
            for (long hashed = 0; hashed < from;)
            {
                int read = part.Read(buffer, 0, (int)Math.Min(buffer.Length, from - hashed));
                hash.AppendData(buffer, 0, read);
                hashed += read;
            }

            part.SetLength(from);
            using Stream body = response.Content.ReadAsStream(stop);
            long bytes = from;
            while (client.Read(body, buffer, stop) is int came and > 0)
            {
                part.Write(buffer, 0, came);
                hash.AppendData(buffer, 0, came);
                bytes += came;
            }

            if (length is not null && bytes != length)
            {
                throw new CutOffException($"it ended after {bytes} of {length} bytes", mayPass: true);
            }

            part.Flush(flushToDisk: true);
            part.Dispose();
            return file.Complete(etag, lastModified, Convert.ToHexStringLower(hash.GetHashAndReset()), bytes, TimeProvider.System).Downloaded(address);
        }
        catch (Exception e) when (FileProblems.Is(e))
        {
            throw new ProblemException(FileProblems.Writing(file.PartPath, e, place), e);
        }
    }

    /// <summary>The header as the server wrote it, to be sent back the same.</summary>
    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out HeaderStringValues values) || response.Content.Headers.NonValidated.TryGetValues(name, out values) ? values.ToString() : null;

    private Exception Refusal(HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        if (status is 408 or 429 or >= 500)
        {
            return new CutOffException($"it answers {status} ({response.ReasonPhrase})", mayPass: true);
        }

        (string code, string message) = status switch
        {
            404 or 410 => ("download/not-found", $"there is nothing at {address} (it answers {status})"),
            401 or 403 or 407 => ("download/not-permitted", $"{address} is not given to everyone (it answers {status})"),
            _ => ("download/not-given", $"{address} answers {status} ({response.ReasonPhrase}) instead of giving the file"),
        };
        return new ProblemException(new Problem(code, ProblemKind.Refused, message, place, "check the address in a browser"));
    }
}
