using Cairn.Core;
using Cairn.Core.Provenance;

namespace Cairn.Adapters.Downloads;

/// <summary>A file fetched from an address, or found again in the cache.</summary>
/// <param name="Path">Where its bytes are.</param>
/// <param name="Sha256">Of its bytes, lower-case hex, taken while they came.</param>
/// <param name="Release">What the server calls this version: ETag and Last-Modified.</param>
public sealed record Downloaded(string Address, string Path, string Sha256, long Bytes, string? Release, DateTimeOffset? Modified)
{
    public IReadOnlyList<Problem> Findings { get; init; } = [];

    /// <summary>
    /// What to record of the file once it was read. Throws <see cref="ProblemException"/> when the bytes in the cache are not those that were fetched.
    /// </summary>
    public DataVersion Version(DataVersion read) => read.Sha256 == Sha256 ? read with { Path = Address, Modified = Modified, Release = Release }
        : throw new ProblemException(new Problem("download/cache-damaged", ProblemKind.Refused, $"{Path} no longer holds what was fetched from {Address}", new FilePlace(Path), $"rm {Path}"));
}

/// <summary>
/// Fetches files by https (by http from this machine only) into a cache. What was cut off is resumed (RFC 9110, 14.2 and 13.1.5: Range with If-Range),
/// what is there is asked for again only if it changed (13.1.2, 13.1.3), sizes are compared with Content-Length.
/// </summary>
public static class Download
{
    private const int Tries = 4;

    /// <summary>Is it an address, not a path?</summary>
    public static bool IsAddress(string path) => path.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || path.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Throws <see cref="ProblemException"/>: not to be had (Refused), not to be reached or cut off again and again (Unreachable; what came is kept
    /// and the next try resumes it), other bytes than the checksum says (Refused).
    /// </summary>
    /// <param name="cache">The folder of the cache.</param>
    /// <param name="sha256">What the bytes must have, in hex; null when nothing is said.</param>
    public static Downloaded Fetch(string address, string cache, string? sha256, Place? place, CancellationToken stop) =>
        Fetch(address, cache, sha256, place, TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(500), stop);

    /// <param name="patience">How long no byte may come.</param>
    /// <param name="pause">Before the second try; doubled before each later one.</param>
    internal static Downloaded Fetch(string address, string cache, string? sha256, Place? place, TimeSpan patience, TimeSpan pause, CancellationToken stop)
    {
        Uri uri = Checked(address, place);
        using CachedFile file = CachedFile.Open(cache, uri, stop);
        using var client = new WebClient(patience);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Downloaded fetched = new OneFetch(address, uri, file, client, place).Run(stop);
                if (sha256 is not null && !string.Equals(fetched.Sha256, sha256, StringComparison.OrdinalIgnoreCase))
                {
                    file.Remove();
                    throw new ProblemException(new Problem("download/wrong-checksum", ProblemKind.Refused, $"what {address} gives is not what the flow expects", place,
                        "ask for the right release, or correct the checksum")
                    {
                        Details = [$"expected sha256 {sha256.ToLowerInvariant()}", $"received sha256 {fetched.Sha256}, {fetched.Bytes} bytes"],
                    });
                }

                return fetched;
            }
            catch (CutOffException e) when (attempt < Tries && e.MayPass)
            {
                stop.WaitHandle.WaitOne(pause * (1 << (attempt - 1)));
                stop.ThrowIfCancellationRequested();
            }
            catch (CutOffException e)
            {
                if (file.Whole is { } whole)
                {
                    return whole.Downloaded(address) with
                    {
                        Findings = [new Problem("download/not-checked", ProblemKind.Finding, $"{address} could not be asked whether it changed ({e.Message}); the copy fetched {whole.Fetched:yyyy-MM-dd} was used", place)],
                    };
                }

                throw new ProblemException(new Problem("download/unreachable", ProblemKind.Unreachable, $"{address} could not be fetched: {e.Message} ({attempt} {(attempt == 1 ? "try" : "tries")})", place,
                    file.PartLength > 0 ? "run again: what came is kept and the rest is asked for" : "check the address and the connection, then run again")
                {
                    Details = file.PartLength > 0 ? [$"{file.PartLength} bytes came and are kept"] : [],
                }, e);
            }
        }
    }

    private static Uri Checked(string address, Place? place)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            throw new ProblemException(new Problem("download/not-an-address", ProblemKind.Usage, $"`{address}` is no address that can be fetched", place, "write https://HOST/PATH"));
        }

        if (uri.UserInfo.Length > 0)
        {
            throw new ProblemException(new Problem("download/secret-in-address", ProblemKind.Usage, $"an address on {uri.Host} holds a user name or password, which would be written into every run", place,
                "fetch the file by other means and name it by its path"));
        }

        Permitted(uri, uri, place);
        return uri;
    }

    /// <summary>Only encrypted, or from this machine.</summary>
    internal static void Permitted(Uri uri, Uri asked, Place? place)
    {
        if (uri.Scheme != "https" && !(uri.Scheme == "http" && uri.IsLoopback))
        {
            throw new ProblemException(new Problem("download/not-encrypted", ProblemKind.Usage,
                uri == asked ? $"{asked} is not encrypted, so what it gives could be changed on the way; nothing was fetched" : $"{asked} leads to {uri}, which is not encrypted; nothing was fetched", place,
                $"write {new UriBuilder(uri) { Scheme = "https", Port = uri.IsDefaultPort ? -1 : uri.Port }.Uri}"));
        }
    }
}

/// <summary>The connection or the server gave up; the same may pass another time.</summary>
internal sealed class CutOffException(string message, bool mayPass, Exception? cause = null) : Exception(message, cause)
{
    public bool MayPass => mayPass;
}
