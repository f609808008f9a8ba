using System.Text;
using Cairn.Core;
using Cairn.Core.Settings;

namespace Cairn.Adapters.Yaml;

/// <summary>Reads a settings file (YAML or JSON, UTF-8).</summary>
public static class SettingsFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="path">Absolute.</param>
    /// <param name="shown">The file as the user named it, for places.</param>
    /// <returns>Null when there is no such file; what cannot be read is a problem.</returns>
    public static SettingReading? Read(string path, string shown)
    {
        try
        {
            byte[]? bytes = Bytes(path);
            return bytes is null ? new SettingReading(null, [YamlSettings.TooLong(shown)]) : Decoded(bytes, shown);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            string what = Directory.Exists(path) ? "is a folder" : "may not be read by you";
            return new SettingReading(null, [new Problem("settings/unreadable", ProblemKind.Usage,
                $"{shown} {what}", new FilePlace(shown), Directory.Exists(path) ? "name a file in it" : $"give yourself the right to read it: chmod u+r {shown}")]);
        }
        catch (Exception e) when (e is IOException or NotSupportedException or ArgumentException)
        {
            return new SettingReading(null, [new Problem("settings/unreadable", ProblemKind.Usage, $"{shown} cannot be read: {e.Message}", new FilePlace(shown),
                "look whether the disk is there and the path is right")]);
        }
    }

    // Null when it is too long; a file that grows while it is read, or that has no length, is held to the limit as well.
    private static byte[]? Bytes(string path)
    {
        using FileStream file = File.OpenRead(path);
        var bytes = new byte[YamlSettings.LongestText + 1];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length > YamlSettings.LongestText ? null : bytes[..length];
    }

    private static SettingReading Decoded(byte[] bytes, string shown)
    {
        try
        {
            return YamlSettings.Read(Strict.GetString(bytes), shown);
        }
        catch (DecoderFallbackException e)
        {
            int line = 1 + bytes.AsSpan(0, Math.Clamp(e.Index, 0, bytes.Length)).Count((byte)'\n');
            return new SettingReading(null, [new Problem("settings/not-utf8", ProblemKind.Usage, "there are bytes here that are not UTF-8 text", new FilePlace(shown, line),
                "save the file as UTF-8")]);
        }
    }
}
