using System.Security.Cryptography;

namespace Cairn.Adapters.Stores;

/// <summary>SHA-256 of files and bytes.</summary>
public static class FileHash
{
    /// <summary>Lower-case hex. Throws as opening and reading do.</summary>
    public static string Of(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
