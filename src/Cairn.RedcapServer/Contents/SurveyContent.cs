using System.Security.Cryptography;
using System.Text;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Contents;

/// <summary>
/// <c>surveyLink</c>, <c>surveyQueueLink</c>, <c>surveyReturnCode</c> (8 characters), <c>surveyAccessCode</c> (9), as plain text; and <c>participantList</c>. Links and codes
/// follow from a secret of the server, so that they are the same each time; there is no survey behind them.
/// </summary>
internal static class SurveyContent
{
    private const string LinkLetters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz";
    private const string CodeLetters = "346789ACDEFHJKLMNPRTWXY";

    public static IEnumerable<ApiMethod> Methods { get; } =
    [
        ApiMethod.Export("surveyLink", context => ApiAnswer.Plain(Place.Asked(context).Link)),
        ApiMethod.Export("surveyReturnCode", context => ApiAnswer.Plain(Place.Asked(context).Code("return", CodeLetters, 8))),
        ApiMethod.Export("surveyAccessCode", context => ApiAnswer.Plain(Place.Asked(context).AccessCode)),
        ApiMethod.Export("surveyQueueLink", QueueLink),
        ApiMethod.Export("participantList", Participants),
    ];

    private static ApiAnswer QueueLink(ApiContext context)
    {
        Needs(context);
        RecordData record = context.NeededRecord();
        string code = new Place(context, context.Session.Secret(), record.Name, "", 0, 0).Code("queue", LinkLetters, 32);
        return ApiAnswer.Plain($"{context.Options.Address}/surveys/?sq={code}");
    }

    /// <summary>A participant for each record of the event's arm; nobody is invited here.</summary>
    private static ApiAnswer Participants(ApiContext context)
    {
        Needs(context);
        Form form = Survey(context);
        Event at = context.NeededEvent(form.Name);
        byte[] secret = context.Session.Secret();
        RowKey key = RecordData.KeyOf(context.Project, at.Id, form.Name, 1);
        context.LogManage("Export survey participant list (API)");
        return ApiAnswer.Table(
            context.Call, ("items", "item"),
            [
                new("email"), new("email_occurrence", ColumnKind.Number), new("identifier"), new("record"), new("invitation_sent_status", ColumnKind.Number),
                new("invitation_send_time"), new("response_status", ColumnKind.Number), new("survey_access_code"), new("survey_link"),
            ],
            from record in context.Session.Records()
            where context.User.Dag is not { } dag || record.Dag == dag
            where !context.Project.Longitudinal || record.Rows.Any(r => context.Project.Design.Events.Any(e => e.Id == r.Key.EventId && e.Arm == at.Arm))
            let place = new Place(context, secret, record.Name, form.Name, at.Id, 1)
            select (IReadOnlyList<string?>)["", "1", "", record.Name, "0", "", Status(record.Row(key), form, context.Project), place.AccessCode, place.Link]);
    }

    /// <summary>0 no response, 1 partial, 2 complete.</summary>
    private static string Status(DataRow? row, Form form, Project project) =>
        row is null ? "0"
        : row.Cells[form.TimestampCell] is { Length: > 0 } time ? time == "[not completed]" ? "1" : "2"
        : row.Cells[form.StatusCell] == "2" ? "2"
        : project.FieldsOf(form.Name).Any(f => row.Cells.Holds(f.Cell)) ? "1" : "0";

    private static void Needs(ApiContext context)
    {
        context.NeedsModule("manage_survey_participants", "Survey Distribution Tools");
        if (!context.Project.Settings.SurveysEnabled)
        {
            throw new ApiRefusal("Surveys are not enabled in the project");
        }
    }

    private static Form Survey(ApiContext context)
    {
        Form form = context.NeededForm();
        return form.IsSurvey ? form : throw new ApiRefusal($"The instrument '{form.Name}' is not enabled as a survey");
    }

    /// <summary>What one link or code is for.</summary>
    private sealed record Place(ApiContext Context, byte[] Secret, string Record, string Form, int EventId, int Instance)
    {
        public string Link => $"{Context.Options.Address}/surveys/?s={Code("link", LinkLetters, 16)}";

        public string AccessCode => Code("access", CodeLetters, 9);

        public static Place Asked(ApiContext context)
        {
            Needs(context);
            Form form = Survey(context);
            RecordData record = context.NeededRecord();
            return new Place(context, context.Session.Secret(), record.Name, form.Name, context.NeededEvent(form.Name).Id, context.Call.Instance());
        }

        public string Code(string kind, string letters, int length)
        {
            string what = string.Join('\n', kind, Context.Project.Id, EventId, Form, Instance, Record);
            byte[] hash = HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes(what));
            return string.Concat(hash[..length].Select(b => letters[b % letters.Length]));
        }
    }
}
