using Cairn.Core;

namespace Cairn.Templates;

/// <summary>A project to begin with, for <c>cairn init --template</c>: flow, notes and data that run as they stand, offline.</summary>
internal abstract class Template
{
    /// <summary>Every template, in the order <c>cairn init --help</c> lists them.</summary>
    public static IReadOnlyList<Template> All { get; } = [new HerbariumSheets()];

    /// <summary>The name a person types.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence.</summary>
    public abstract string About { get; }

    /// <summary>The files it writes, as paths inside the folder with <c>/</c> between the parts.</summary>
    public abstract IReadOnlyList<TemplateFile> Files { get; }

    /// <summary>
    /// Writes the files into a folder, which is made when it is absent. Throws <see cref="ProblemException"/> and writes nothing when one of them
    /// is there already: a template never replaces a person's work.
    /// </summary>
    public void Write(string folder)
    {
        List<string> present = [.. Files.Select(file => file.In(folder)).Where(Path.Exists)];
        if (present.Count > 0)
        {
            throw new ProblemException(new Problem("init/already-there", ProblemKind.Usage, $"{folder} already holds {present.Count} of the template's files; nothing was written")
            {
                Details = [.. present.Take(5)],
                Help = $"cairn init --template {Name} another-folder",
            });
        }

        foreach (TemplateFile file in Files)
        {
            string path = file.In(folder);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using FileStream stream = new(path, FileMode.CreateNew);
            file.Write(stream);
        }
    }

    /// <summary>A file of the example of this template, which the build puts into the program: the example is the only copy that is edited.</summary>
    protected TemplateFile Example(string path) => new(path, stream =>
    {
        using Stream content = typeof(Template).Assembly.GetManifestResourceStream($"examples/{Name}/{path}")
            ?? throw new InvalidOperationException($"the build left out examples/{Name}/{path}");
        content.CopyTo(stream);
    });
}

/// <param name="Path">Inside the folder, with <c>/</c> between the parts.</param>
/// <param name="Write">Writes the content; the same bytes each time, before compression.</param>
internal sealed record TemplateFile(string Path, Action<Stream> Write)
{
    public string In(string folder) => System.IO.Path.Combine([folder, .. Path.Split('/')]);
}
