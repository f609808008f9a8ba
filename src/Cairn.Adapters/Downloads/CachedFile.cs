using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Cairn.Adapters.Files;

namespace Cairn.Adapters.Downloads;

/// <summary>What is known of a fetched file (or a part of one): what the server said of it, and its hash once it is whole.</summary>
internal sealed record Known(string Path, string? ETag, string? LastModified, long? Length, string Sha256, long Bytes, DateTimeOffset Fetched)
{
    /// <summary>A weak ETag says the same meaning, not the same bytes, so a part cannot be continued by it (RFC 9110, 8.8.1).</summary>
    public string? Validator => ETag is { } tag && !tag.StartsWith("W/", StringComparison.Ordinal) ? tag : LastModified;

    public Downloaded Downloaded(string address)
    {
        string?[] release = [ETag is null ? null : $"ETag {ETag}", LastModified is null ? null : $"Last-Modified {LastModified}"];
        DateTimeOffset? modified = DateTimeOffset.TryParse(LastModified, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
        return new Downloaded(address, Path, Sha256, Bytes, release.Any(r => r is not null) ? string.Join(", ", release.Where(r => r is not null)) : null, modified);
    }
}

/// <summary>
/// The place of one address in the cache: a folder with the file, what is known of it, and the part of a newer one that is coming. It is held by
/// one process at a time; another waits.
/// </summary>
internal sealed class CachedFile : IDisposable
{
    private readonly string folder;
    private readonly FileStream held;
    private readonly string name;

    private CachedFile(string folder, FileStream held, string name)
    {
        this.folder = folder;
        this.held = held;
        this.name = name;
        Whole = ReadKnown("about.json", name);
        if (Whole is not null && (!File.Exists(Whole.Path) || new FileInfo(Whole.Path).Length != Whole.Bytes))
        {
            Whole = null;
        }
    }

    /// <summary>The file fetched before, when it is there as it came.</summary>
    public Known? Whole { get; private set; }

    public string PartPath => Path.Combine(folder, name + ".part");

    public long PartLength => new FileInfo(PartPath) is { Exists: true } part ? part.Length : 0;

    /// <summary>What the server said of the file that the part is of.</summary>
    public Known? Part => PartLength > 0 ? ReadKnown("part.json", name + ".part") : null;

    public static CachedFile Open(string cache, Uri uri, CancellationToken stop)
    {
        string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(uri.AbsoluteUri)))[..24];
        string folder = Path.Combine(cache, "downloads", key);
        Directory.CreateDirectory(folder);
        string last = Uri.UnescapeDataString(uri.Segments[^1].Trim('/'));
        string name = string.Concat(last.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')).TrimStart('.');
        name = name.Length == 0 ? "data" : name.Length > 100 ? name[^100..] : name;
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                return new CachedFile(folder, new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1), name is "lock" or "about.json" or "part.json" ? "data" : name);
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
            {
                stop.WaitHandle.WaitOne(200);
            }
        }
    }

    /// <summary>Begins a part anew.</summary>
    public void BeginPart(string? etag, string? lastModified, long? length)
    {
        File.Delete(PartPath);
        WriteKnown("part.json", new Known(PartPath, etag, lastModified, length, "", 0, DateTimeOffset.UnixEpoch), null);
    }

    /// <summary>The part is whole: it takes the place of what was there.</summary>
    public Known Complete(string? etag, string? lastModified, string sha256, long bytes, TimeProvider clock)
    {
        string path = Path.Combine(folder, name);
        File.Delete(Path.Combine(folder, "about.json"));
        File.Move(PartPath, path, overwrite: true);
        var known = new Known(path, etag, lastModified, bytes, sha256, bytes, clock.GetUtcNow());
        WriteKnown("about.json", known, clock);
        File.Delete(Path.Combine(folder, "part.json"));
        Files.Native.FolderFlush.Flush(folder);
        return Whole = known;
    }

    public void Remove()
    {
        foreach (string file in (string[])[PartPath, Path.Combine(folder, name), Path.Combine(folder, "about.json"), Path.Combine(folder, "part.json")])
        {
            File.Delete(file);
        }

        Whole = null;
    }

    public void Dispose() => held.Dispose();

    private Known? ReadKnown(string about, string file)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, about)));
            JsonElement root = json.RootElement;
            return new Known(Path.Combine(folder, file), Text("etag"), Text("last_modified"), root.TryGetProperty("length", out JsonElement length) ? length.GetInt64() : null,
                Text("sha256") ?? "", root.TryGetProperty("bytes", out JsonElement bytes) ? bytes.GetInt64() : 0,
                DateTimeOffset.Parse(Text("fetched") ?? "1970-01-01", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

            string? Text(string key) => root.TryGetProperty(key, out JsonElement value) ? value.GetString() : null;
        }
        catch (Exception e) when (FileProblems.Is(e) || e is JsonException or InvalidOperationException or FormatException)
        {
            // What is not known is fetched anew.
            return null;
        }
    }

    private void WriteKnown(string about, Known known, TimeProvider? clock)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            Text("etag", known.ETag);
            Text("last_modified", known.LastModified);
            if (known.Length is { } length)
            {
                json.WriteNumber("length", length);
            }

            if (clock is not null)
            {
                Text("sha256", known.Sha256);
                json.WriteNumber("bytes", known.Bytes);
                Text("fetched", known.Fetched.ToString("O", CultureInfo.InvariantCulture));
            }

            json.WriteEndObject();

            void Text(string key, string? value)
            {
                if (value is not null)
                {
                    json.WriteString(key, value);
                }
            }
        }

        File.WriteAllBytes(Path.Combine(folder, about), bytes.ToArray());
    }
}
