namespace Cairn.Tests;

/// <summary>Where the repository's own files are, for tests that read examples, documents and sources.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Cairn.slnx")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException("the tests do not stand in the repository");
    }
}
