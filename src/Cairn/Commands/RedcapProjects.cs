using System.Security.Cryptography;
using System.Text;
using Cairn.Core;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Storage;
using Cairn.RedcapServer.Text;
using Cairn.Terminal;

namespace Cairn.Commands;

/// <summary>Makes projects of the files named with <c>--project</c>: data dictionaries and project XML.</summary>
internal static class RedcapProjects
{
    private const string Records = "give records as REDCap exports them: CSV, flat, raw";

    /// <summary>Who may do everything in such a project.</summary>
    private const string Owner = "owner";

    /// <summary>A file of which a project was made before makes no second one. Throws <see cref="ProblemException"/> for a file that is neither, and then there is no project.</summary>
    public static void Add(string file, RedcapApi api, Composition cairn)
    {
        string path = cairn.Absolute(file), shown = cairn.Shown(path);
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            string content = Convert.ToHexStringLower(SHA256.HashData(bytes));
            if (api.Store.ProjectOf(content) is { } before)
            {
                cairn.Screen.Out.WriteLine($"project {before}, made of {Printable.Of(shown)} before");
                return;
            }

            int project = IsXml(bytes)
                ? NewProjects.AddXml(api.Store, new MemoryStream(bytes), Owner, api.Options)
                : NewProjects.AddDictionary(api.Store, CsvText.Read(new UTF8Encoding(false, true).GetString(bytes), ','), new ProjectSettings { Title = Path.GetFileNameWithoutExtension(path) }, Owner, api.Options);
            api.Store.MadeOf(project, content);
            cairn.Screen.Out.WriteLine($"project {project}, made of {Printable.Of(shown)}; its user {Owner} has the token {api.Store.IssueToken(project, Owner)} (shown once)");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong(path, shown, e.Message, [], e);
        }
        catch (Exception e) when (e is DataFormatException or DecoderFallbackException)
        {
            throw Wrong(path, shown, e is DecoderFallbackException ? "it is not UTF-8 text" : e.Message, [], e);
        }
        catch (DictionaryException e)
        {
            throw Wrong(path, shown, "it is no data dictionary", e.Message.Split('\n'), e);
        }
    }

    /// <summary>Puts a copy of records, as exported flat and raw, into a project: as they are, groups, survey identifiers and times with them. Throws <see cref="ProblemException"/>, and nothing is changed.</summary>
    public static int Fill(string file, int project, RedcapApi api, Composition cairn)
    {
        string path = cairn.Absolute(file), shown = cairn.Shown(path);
        try
        {
            TextTable records = CsvText.Read(new UTF8Encoding(false, true).GetString(File.ReadAllBytes(path)), ',');
            using ProjectSession session = api.Store.Write(project, Owner);
            var everyone = new User { Name = Owner, Rights = Rights.Full(session.Project.Design.Forms.Select(f => f.Name)) };
            Imported imported = new RecordImport(new ApiContext(new ApiCall([]), session, everyone, api.Options), copy: true).Import(records, eav: false);
            session.Commit();
            return imported.Records.Count;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DataFormatException or DecoderFallbackException)
        {
            throw Wrong(path, shown, e is DecoderFallbackException ? "it is not UTF-8 text" : e.Message, [], e, "no records were taken from", Records);
        }
        catch (ApiRefusal e)
        {
            throw Wrong(path, shown, "they do not fit the project", e.Message.Split('\n'), e, "no records were taken from", Records);
        }
    }

    private static bool IsXml(byte[] bytes) => bytes.AsSpan().TrimStart("\uFEFF \r\n\t"u8) is [(byte)'<', ..];

    private static ProblemException Wrong(string path, string shown, string why, string[] details, Exception cause, string what = "no project can be made of", string help = "give a data dictionary (CSV) or project XML as REDCap exports them") => new(
        new Problem("redcap-server/project-file", ProblemKind.Refused, $"{what} {shown}: {why}", new FilePlace(path), help) { Details = details }, cause);
}
