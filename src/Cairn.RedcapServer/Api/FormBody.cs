using System.Text;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Cairn.RedcapServer.Api;

/// <summary>Reads a request's body, urlencoded or multipart, into parameters.</summary>
public static class FormBody
{
    private const int MostParameters = 200_000;
    private const int MostNameBytes = 4096;
    private static readonly FileExtensionContentTypeProvider Types = new();
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Throws <see cref="ApiRefusal"/> for another media type, more than <paramref name="mostBytes"/>, or text that is not UTF-8.</summary>
    public static async Task<ApiCall> Read(string? contentType, Stream body, long mostBytes, CancellationToken stop)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out MediaTypeHeaderValue? type))
        {
            // A body without a type is read as clients mean it.
            type = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        }

        if (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return await Multipart(HeaderUtilities.RemoveQuotes(type.Boundary).Value, body, mostBytes, stop).ConfigureAwait(false);
        }

        return type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
            ? new ApiCall(UrlEncoded(await All(body, mostBytes, stop).ConfigureAwait(false)))
            : throw new ApiRefusal($"The request's media type '{type.MediaType}' is neither application/x-www-form-urlencoded nor multipart/form-data");
    }

    /// <summary>Names and values, percent-decoded, <c>+</c> as a space. A percent sign that begins no code stands for itself.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> UrlEncoded(ReadOnlyMemory<byte> body)
    {
        var found = new List<KeyValuePair<string, string>>();
        byte[] decoded = new byte[body.Length];
        ReadOnlySpan<byte> rest = body.Span;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)'&');
            ReadOnlySpan<byte> pair = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (pair.IsEmpty)
            {
                continue;
            }

            int equals = pair.IndexOf((byte)'=');
            string name = Decoded(equals < 0 ? pair : pair[..equals], decoded, "a parameter's name");
            found.Add(new(name, equals < 0 ? "" : Decoded(pair[(equals + 1)..], decoded, $"the parameter \"{name}\"")));
            if (found.Count > MostParameters)
            {
                throw new ApiRefusal(413, $"The request has more than {MostParameters} parameters");
            }
        }

        return found;
    }

    private static string Decoded(ReadOnlySpan<byte> text, byte[] room, string what)
    {
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            byte b = text[i];
            if (b == '%' && i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
            {
                b = (byte)((Convert.ToInt32(((char)text[i + 1]).ToString(), 16) << 4) | Convert.ToInt32(((char)text[i + 2]).ToString(), 16));
                i += 2;
            }
            else if (b == '+')
            {
                b = (byte)' ';
            }

            room[length++] = b;
        }

        return Utf8(room.AsSpan(0, length), what);
    }

    private static string Utf8(ReadOnlySpan<byte> bytes, string what)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new ApiRefusal(406, $"The text of {what} is not valid UTF-8 (byte {e.Index + 1})");
        }
    }

    private static async Task<ApiCall> Multipart(string? boundary, Stream body, long mostBytes, CancellationToken stop)
    {
        if (string.IsNullOrEmpty(boundary) || boundary.Length > 200)
        {
            throw new ApiRefusal("The multipart request has no usable boundary");
        }

        var found = new List<KeyValuePair<string, string>>();
        UploadedFile? file = null;
        try
        {
            var reader = new MultipartReader(boundary, body) { HeadersLengthLimit = 16 << 10 };
            while (await reader.ReadNextSectionAsync(stop).ConfigureAwait(false) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out ContentDispositionHeaderValue? disposition) || found.Count > MostParameters)
                {
                    throw new ApiRefusal("A part of the multipart request has no name");
                }

                string name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
                byte[] content = (await All(section.Body, mostBytes, stop).ConfigureAwait(false)).ToArray();
                mostBytes -= content.Length;
                if (disposition.FileName.HasValue || disposition.FileNameStar.HasValue)
                {
                    string fileName = HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value ?? "";
                    file = new UploadedFile(Path.GetFileName(fileName), section.ContentType ?? TypeOf(fileName), content);
                }
                else
                {
                    found.Add(new(name.Length <= MostNameBytes ? name : name[..MostNameBytes], Utf8(content, $"the parameter \"{name}\"")));
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not Microsoft.AspNetCore.Http.BadHttpRequestException)
        {
            throw new ApiRefusal("The multipart request is not well-formed");
        }

        return new ApiCall(found, file);
    }

    /// <summary>Of a file sent without a media type (Python's requests send none): the one its name stands for.</summary>
    private static string TypeOf(string fileName) => Types.TryGetContentType(fileName, out string? type) ? type : "application/octet-stream";

    private static async Task<ReadOnlyMemory<byte>> All(Stream body, long mostBytes, CancellationToken stop)
    {
        var all = new MemoryStream();
        byte[] piece = new byte[64 << 10];
        int read;
        while ((read = await body.ReadAsync(piece, stop).ConfigureAwait(false)) > 0)
        {
            if (all.Length + read > mostBytes)
            {
                throw new ApiRefusal(413, "The request is larger than this server takes");
            }

            all.Write(piece, 0, read);
        }

        return all.GetBuffer().AsMemory(0, (int)all.Length);
    }
}
