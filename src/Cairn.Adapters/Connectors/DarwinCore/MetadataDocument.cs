using System.Xml;
using Cairn.Adapters.Archives;
using Cairn.Core;

namespace Cairn.Adapters.Connectors.DarwinCore;

/// <summary>Looks at an archive's metadata document (EML as a rule). Whatever is wrong with it is a finding: it does not stop the rows.</summary>
internal static class MetadataDocument
{
    private const int Largest = 64 << 20;

    public static Problem? Look(DarwinCoreArchive archive, CancellationToken stop)
    {
        string name = archive.Container.Name;
        string? location = archive.Metadata;
        if (archive.Descriptor is null || string.IsNullOrEmpty(location) || Vocabulary.IsFull(location))
        {
            return null;
        }

        try
        {
            if (archive.FindMember(location, [], stop) is not { } member)
            {
                return Finding("darwin-core/metadata-missing", $"{name} has no file {location}, which its descriptor names as its metadata", null);
            }

            DescriptorText.Read(archive.Container.ReadSmall(member, Largest, stop), xml =>
            {
                while (xml.Read())
                {
                    stop.ThrowIfCancellationRequested();
                }

                return true;
            }, out string? lenient);
            return lenient is null ? null : Finding("darwin-core/metadata-form", $"{name}/{member.Name}: {lenient}", null);
        }
        catch (XmlException e)
        {
            return Finding("darwin-core/metadata-not-xml", $"{name}/{location} is not well-formed XML: {DescriptorText.Plain(e)}", new FilePlace($"{name}/{location}", e.LineNumber, e.LinePosition));
        }
        catch (ProblemException e)
        {
            return Finding("darwin-core/metadata-unreadable", e.Problems[0].Message, e.Problems[0].Place);
        }

        Problem Finding(string code, string message, Place? place) => new(code, ProblemKind.Finding, message, place ?? new FilePlace(name), "correct the metadata; the rows were read all the same");
    }
}
