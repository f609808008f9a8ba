namespace Cairn.Tests;

/// <summary>Files of the repository that are generated: compared with what they should be, or written anew when CAIRN_UPDATE_REFERENCES is 1.</summary>
internal static class References
{
    /// <param name="path">From the repository's root.</param>
    public static void Compare(string path, string expected)
    {
        string file = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable("CAIRN_UPDATE_REFERENCES") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, expected);
            return;
        }

        string found = File.Exists(file) ? File.ReadAllText(file) : "";
        if (found != expected)
        {
            // Shown first, because a difference of long texts alone does not say what to do.
            Assert.Equal($"(the file; when the new text is right: CAIRN_UPDATE_REFERENCES=1 ./test)\n{found}", $"(the file; when the new text is right: CAIRN_UPDATE_REFERENCES=1 ./test)\n{expected}");
        }
    }
}
