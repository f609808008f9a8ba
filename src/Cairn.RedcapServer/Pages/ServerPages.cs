using System.Globalization;
using System.Text;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Storage;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Pages;

/// <summary>A page, or a file to keep.</summary>
internal sealed record PageAnswer(int Status, string MediaType, Action<Stream> Write, string? FileName = null)
{
    public static PageAnswer Html(string page, int status = 200)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(page);
        return new PageAnswer(status, "text/html; charset=UTF-8", to => to.Write(bytes));
    }
}

/// <summary>
/// What a person sees of the server: the projects; of each its instruments, users with the ends of their tokens, records and log; the dictionary and the records as
/// the web page of REDCap gives them for download. Whole tokens are never shown: the server does not know them.
/// </summary>
internal sealed class ServerPages(RedcapStore store, ServerOptions options)
{
    private const int PageRows = 100;

    public PageAnswer Of(string path, string? from)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            return PageAnswer.Html(Projects());
        }

        if (parts[0] != "projects" || parts.Length is < 2 or > 3 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int id) || !store.Has(id))
        {
            return PageAnswer.Html(Html.NotFound(path), 404);
        }

        int first = int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out int asked) ? asked : 0;
        return (parts.Length == 2 ? "" : parts[2]) switch
        {
            "" => PageAnswer.Html(Project(id)),
            "records" => PageAnswer.Html(Records(id, first)),
            "log" => PageAnswer.Html(Log(id, first)),
            "dictionary.csv" => Download(id, "dictionary.csv", (session, to) =>
            {
                using var writer = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true);
                DataDictionary.WriteWeb(session.Project, writer);
            }),
            "records.csv" => Download(id, "records.csv", (session, to) =>
                new RecordExport(Everything(session), new RecordQuery { ForSpreadsheets = true, DataAccessGroups = session.Project.Design.Dags.Count > 0, SurveyFields = session.Project.Design.Forms.Any(f => f.IsSurvey) }).Write(to, DataFormat.Csv, ',')),
            _ => PageAnswer.Html(Html.NotFound(path), 404),
        };
    }

    private PageAnswer Download(int id, string name, Action<ProjectSession, Stream> write) => new(200, "text/csv; charset=utf-8", to =>
    {
        using ProjectSession session = store.Read(id, "");
        write(session, to);
    }, name);

    private ApiContext Everything(ProjectSession session) =>
        new(new ApiCall([]), session, new User { Name = "", Rights = Rights.Full(session.Project.Design.Forms.Select(f => f.Name)) }, options);

    private string Projects()
    {
        IEnumerable<IEnumerable<string>> rows = store.Projects().Select(p =>
        {
            using ProjectSession session = store.Read(p.Id, "");
            Project project = session.Project;
            return (IEnumerable<string>)
            [
                Number(p.Id), $"<a href=\"/projects/{Number(p.Id)}\">{Html.Text(p.Title)}</a>", Kind(project), Number(project.Design.Forms.Count), Number(project.Design.Fields.Count),
                Number(session.CountRecords()), Number(store.Owners(p.Id).Count),
            ];
        });
        return Html.Page("Projects", $"<h1>Projects</h1>{Html.Table(["", "Title", "Kind", "Instruments", "Fields", "Records", "Tokens"], rows)}<p class=\"faint\">The API is at <code>{Html.Text(options.Address)}/api/</code>.</p>");
    }

    private string Project(int id)
    {
        using ProjectSession session = store.Read(id, "");
        Project project = session.Project;
        var body = new StringBuilder(Head(id, project));
        body.Append("<h2>Instruments</h2>").Append(Html.Table(
            ["Instrument", "Name", "Fields", "Repeats"],
            project.Design.Forms.Select(f => (IEnumerable<string>)
            [
                Html.Text(f.Label), Html.Text(f.Name), Number(project.FieldsOf(f.Name).Count),
                Html.Text(string.Join(", ", project.Design.Repeats.Where(r => r.Form == f.Name).Select(r => project.Longitudinal ? project.EventOf(r.EventId).UniqueName : "yes"))),
            ])));
        if (project.Longitudinal)
        {
            body.Append("<h2>Events</h2>").Append(Html.Table(
                ["Event", "Unique name", "Arm", "Instruments", "Repeats"],
                project.Design.Events.Select(e => (IEnumerable<string>)
                [
                    Html.Text(e.Name), Html.Text(e.UniqueName), Html.Text($"{Number(e.Arm)} {project.Arm(e.Arm)?.Name}"),
                    Html.Text(string.Join(", ", project.Design.FormEvents.Where(m => m.EventId == e.Id).Select(m => m.Form))), project.RepeatsEvent(e.Id) ? "yes" : "",
                ])));
        }

        if (project.Design.Dags.Count > 0)
        {
            body.Append("<h2>Data access groups</h2>").Append(Html.Table(["Group", "Unique name"], project.Design.Dags.Select(d => (IEnumerable<string>)[Html.Text(d.Name), Html.Text(d.UniqueName)])));
        }

        Dictionary<string, TokenOwner> owners = store.Owners(id).ToDictionary(o => o.User, StringComparer.OrdinalIgnoreCase);
        body.Append("<h2>Users</h2>").Append(Html.Table(
            ["User", "Role", "Group", "API export", "API import", "Token", "Issued"],
            project.Design.Users.Select(u => (IEnumerable<string>)
            [
                Html.Text(u.Name), Html.Text(project.Role(u.Role)?.Label), Html.Text(project.Dag(u.Dag)?.Name), Yes(project.RightsOf(u).May("api_export")), Yes(project.RightsOf(u).May("api_import")),
                owners.TryGetValue(u.Name, out TokenOwner? owner) ? $"<code>…{Html.Text(owner.Ending)}</code>" : "<span class=\"faint\">none</span>", Html.Text(owner?.Issued),
            ])));
        return Html.Page(project.Settings.Title, body.ToString());
    }

    private string Records(int id, int from)
    {
        using ProjectSession session = store.Read(id, "");
        var export = new RecordExport(Everything(session), new RecordQuery { DataAccessGroups = session.Project.Design.Dags.Count > 0 });
        List<(RecordData Record, IReadOnlyList<DataRow> Rows)> picked = [.. export.Picked().Skip(from).Take(PageRows + 1)];
        IEnumerable<IEnumerable<string>> rows = picked.Take(PageRows).SelectMany(p => p.Rows.Select(row =>
            export.Columns.Select(c => Html.Text(c.AppliesTo(row.Key, session.Project) ? c.Value(new ExportRow(p.Record, row)) : ""))));
        return Html.Page(
            $"Records of {session.Project.Settings.Title}",
            $"{Head(id, session.Project)}<h2>Records</h2>{Html.Table(export.Columns.Select(c => c.Name), rows)}{Further(from, picked.Count > PageRows)}");
    }

    private string Log(int id, int from)
    {
        using ProjectSession session = store.Read(id, "");
        List<LogEntry> entries = [.. session.LogEntries().Skip(from).Take(PageRows + 1)];
        IEnumerable<IEnumerable<string>> rows = entries.Take(PageRows).Select(e => (IEnumerable<string>)[Html.Text(e.At), Html.Text(e.User), Html.Text(e.Action), Html.Text(e.Details)]);
        return Html.Page($"Log of {session.Project.Settings.Title}", $"{Head(id, session.Project)}<h2>Log</h2>{Html.Table(["Time", "User", "Action", "Details"], rows)}{Further(from, entries.Count > PageRows)}");
    }

    private static string Head(int id, Project project) => $"""
        <h1>{Html.Text(project.Settings.Title)}</h1><p class="faint">Project {Number(id)}, {Kind(project)}, {(project.Settings.InProduction ? "in production" : "in development")}</p>
        <nav><a href="/">All projects</a><a href="/projects/{Number(id)}">Overview</a><a href="/projects/{Number(id)}/records">Records</a><a href="/projects/{Number(id)}/log">Log</a>
        <a href="/projects/{Number(id)}/dictionary.csv">Data dictionary (CSV)</a><a href="/projects/{Number(id)}/records.csv">Records (CSV)</a></nav>
        """;

    private static string Kind(Project project) => (project.Longitudinal ? "longitudinal" : "classic") + (project.HasRepeats ? ", repeating" : "");

    private static string Further(int from, bool more) =>
        $"<nav>{(from > 0 ? $"<a href=\"?from={Number(Math.Max(0, from - PageRows))}\">Earlier rows</a>" : "")}{(more ? $"<a href=\"?from={Number(from + PageRows)}\">Further rows</a>" : "")}</nav>";

    private static string Yes(bool yes) => yes ? "yes" : "<span class=\"faint\">no</span>";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
