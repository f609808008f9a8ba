using System.Globalization;
using System.Text.RegularExpressions;
using Cairn.RedcapServer.Storage;

namespace Cairn.RedcapServer.Tests;

/// <summary>Projects published by a client of REDCap, which are not in this repository: tests that need them are skipped where they are not found.</summary>
internal static partial class SharedProjects
{
    public static readonly string[] Names =
    [
        "arm-single-longitudinal", "checkboxes-1", "clinical-trial-1", "dag", "multilevel-model-1", "nonnumeric-record-id", "potentially-problematic-values",
        "validation-types-1", "vignette-repeating",
    ];

    public static TheoryData<string> All => [.. Names];

    /// <summary>Skips the test when the folder is not there.</summary>
    public static string Folder
    {
        get
        {
            string? shared = Environment.GetEnvironmentVariable("CAIRN_SHARED");
            if (shared is null)
            {
                string root = AppContext.BaseDirectory;
                while (Path.GetDirectoryName(root) is { } parent && !File.Exists(Path.Combine(root, "Cairn.slnx")))
                {
                    root = parent;
                }

                shared = Path.Combine(root, "..", "shared");
            }

            string folder = Path.Combine(shared, "redcap");
            Assert.SkipUnless(Directory.Exists(folder), "the published projects are not here: CAIRN_SHARED names the folder that has them");
            return folder;
        }
    }

    public static byte[] Bytes(string project, string file) => File.ReadAllBytes(Path.Combine(Folder, "REDCapR", project, file));

    /// <summary>A server with the project, at the time and of the version of its XML, whose user owner has the usual token.</summary>
    public static TestServer Serve(string project)
    {
        byte[] xml = Bytes(project, "project.xml");
        string head = System.Text.Encoding.UTF8.GetString(xml, 0, 2000);
        var options = new ServerOptions { Version = Version().Match(head).Groups[1].Value };
        var server = new TestServer(options: options);
        server.Clock.Time = new DateTimeOffset(DateTime.ParseExact(AsOf().Match(head).Groups[1].Value, "s", CultureInfo.InvariantCulture), TimeSpan.Zero);
        int number = server.Store.AddXml(new MemoryStream(xml), "owner", options);
        server.Store.SetToken(number, "owner", TestServer.Token);
        return server;
    }

    /// <summary>Like Assert.Equal for long texts: shows the place where they part.</summary>
    public static void Same(string expected, string actual)
    {
        int at = expected.AsSpan().CommonPrefixLength(actual);
        Assert.True(expected.Length == actual.Length && at == expected.Length, $"they part at {at}:\n{Around(expected, at)}\n--- but is\n{Around(actual, at)}");
    }

    private static string Around(string text, int at) => text.Substring(Math.Max(at - 200, 0), Math.Min(400, text.Length - Math.Max(at - 200, 0)));

    [GeneratedRegex("AsOfDateTime=\"([^\"]*)\"")]
    private static partial Regex AsOf();

    [GeneratedRegex("SourceSystemVersion=\"([^\"]*)\"")]
    private static partial Regex Version();
}
