using System.Globalization;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Odm;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Storage;

/// <summary>Makes projects: all of one with its records and files, or nothing.</summary>
public static class NewProjects
{
    /// <summary>A project from REDCap's XML, to whose users this one is added with full rights; its number. Throws <see cref="DataFormatException"/>, and there is no project.</summary>
    /// <param name="complete">Changes the definition before it is used.</param>
    /// <param name="calculated">Whether the values of calculated fields are taken.</param>
    public static int AddXml(this RedcapStore store, Stream xml, string user, ServerOptions options, Func<Design, Design>? complete = null, bool calculated = true)
    {
        using OdmProject project = OdmProject.Read(xml);
        Design design = complete is null ? project.Design : complete(project.Design);
        return Add(store, NewProject.WithUser(design, user), user, options, session => project.Fill(session, calculated));
    }

    /// <summary>A project from a data dictionary, with this user; its number. Throws <see cref="DictionaryException"/>.</summary>
    public static int AddDictionary(this RedcapStore store, TextTable dictionary, ProjectSettings settings, string user, ServerOptions options) =>
        Add(store, NewProject.From(dictionary, settings, user), user, options, _ => { });

    /// <summary>A project that has only a record ID; its number.</summary>
    public static int AddBlank(this RedcapStore store, ProjectSettings settings, string user, ServerOptions options) =>
        Add(store, NewProject.Blank(settings, user), user, options, _ => { });

    private static int Add(RedcapStore store, Design design, string user, ServerOptions options, Action<ProjectSession> fill)
    {
        string now = store.Clock.GetLocalNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        Design dated = design with { Settings = design.Settings with { Created = now } };
        using ProjectSession session = store.Begin(highest => NewProject.Numbered(dated, Math.Max(highest + 1, options.FirstEventId)), user);
        fill(session);
        session.Log(LogKind.Manage, LogEntry.ManageAction, "Create project");
        session.Commit();
        return session.Project.Id;
    }
}
