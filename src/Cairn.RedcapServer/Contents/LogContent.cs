using System.Globalization;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Storage;

namespace Cairn.RedcapServer.Contents;

/// <summary>
/// <c>content=log</c>: what was done in the project, newest first, picked by <c>logtype</c>, <c>user</c>, <c>record</c>, <c>dag</c> (number or unique name), <c>beginTime</c>
/// and <c>endTime</c>, both included to the minute or second they name. <c>dag</c> leaves out the records of others, and what concerns no record stays; there need not be
/// such a group (PHPCap, redcapAPI). A user of a group sees what concerns its records and users.
/// </summary>
internal static class LogContent
{
    private static readonly string[] TimeForms = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"];

    public static IEnumerable<ApiMethod> Methods { get; } = [ApiMethod.Export("log", Export)];

    private static ApiAnswer Export(ApiContext context)
    {
        context.NeedsModule("logging", "Logging");
        ApiCall call = context.Call;
        IReadOnlySet<LogKind>? kinds = Kinds(call);
        string? user = call.Text("user")?.Trim(), record = call.Text("record")?.Trim();
        string? dag = call.Text("dag")?.Trim();
        int? asked = dag is null ? null : DagOf(dag, context.Project), own = context.User.Dag;
        HashSet<string> members = [.. context.Project.Design.Users.Where(u => u.Dag == own).Select(u => u.Name)];
        IEnumerable<LogEntry> entries = context.Session.LogEntries(Time(call, "beginTime", "0000-01-01 00:00:00"), Time(call, "endTime", "9999-12-31 23:59:59"))
            .Where(e => kinds?.Contains(e.Kind) != false)
            .Where(e => user is null || e.User.Equals(user, StringComparison.OrdinalIgnoreCase))
            .Where(e => record is null || e.Record == record)
            .Where(e => dag is null || e.Record is null || (asked is not null && e.Dag == asked))
            .Where(e => own is null || e.Dag == own || (e.Record is null && members.Contains(e.User)));
        context.LogManage("Export Logging (API)");
        return ApiAnswer.Table(
            call, ("items", "item"), [new("timestamp"), new("username"), new("action"), new("details"), new("record")],
            entries.Select(string?[] (e) => [e.At[..16], e.User, e.Action, e.Details, e.Record]));
    }

    private static HashSet<LogKind>? Kinds(ApiCall call) => call.Text("logtype") is null ? null
        : call.Word("logtype", "export", "manage", "user", "record", "record_add", "record_edit", "record_delete", "lock_record", "page_view") switch
        {
            "export" => [LogKind.Export],
            "manage" => [LogKind.Manage],
            "user" => [LogKind.User],
            "record_add" => [LogKind.RecordAdd],
            "record_edit" => [LogKind.RecordEdit],
            "record_delete" => [LogKind.RecordDelete],
            "lock_record" => [LogKind.LockRecord],
            "page_view" => [LogKind.PageView],
            _ => [LogKind.RecordAdd, LogKind.RecordEdit, LogKind.RecordDelete],
        };

    private static int? DagOf(string text, Project project) =>
        (project.Dag(text) ?? project.Design.Dags.FirstOrDefault(d => d.Id.ToString(CultureInfo.InvariantCulture) == text))?.Id;

    /// <summary>The parameter as the log writes times, completed by the end of <paramref name="otherwise"/> where it is less exact.</summary>
    private static string? Time(ApiCall call, string parameter, string otherwise)
    {
        if (call.Text(parameter)?.Trim() is not { } text)
        {
            return null;
        }

        return DateTime.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text + otherwise[text.Length..]
            : throw new ApiRefusal($"The value of the parameter \"{parameter}\" is not a time in the form YYYY-MM-DD HH:MM: '{text}'");
    }
}
