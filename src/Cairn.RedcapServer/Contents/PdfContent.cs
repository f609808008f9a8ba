using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Storage;

namespace Cairn.RedcapServer.Contents;

/// <summary>
/// <c>content=pdf</c>: instruments on paper. Without parameters all of them, blank; <c>instrument</c> picks one; <c>record</c> fills them in, in one <c>event</c> or all, and one
/// <c>repeat_instance</c> or all; <c>allRecords</c> (whatever its value) gives all of all records. Observed: the answer's media type is that of a page, not of a PDF.
/// </summary>
internal static class PdfContent
{
    public static IEnumerable<ApiMethod> Methods { get; } = [ApiMethod.Export("pdf", Export)];

    private static ApiAnswer Export(ApiContext context)
    {
        ApiCall call = context.Call;
        Project project = context.Project;
        bool all = call.Text("allRecords") is not null;
        IReadOnlyList<Form> forms = !all && call.Text("instrument") is not null ? [context.NeededForm()] : project.Design.Forms;
        Event? at = all || !project.Longitudinal || call.Text("event") is not { } name ? null : project.Event(name.Trim()) ?? throw ApiRefusal.NotValid("event", [name]);
        forms = [.. forms.Where(f => project.FieldsOf(f.Name).Any(field => field.Cell != project.RecordId.Cell && ExportLevel.Lets(field, context.Rights, project)))];
        if (forms.Count == 0)
        {
            throw ApiRefusal.NoRight("You do not have Data Export privileges");
        }

        var pdf = new FormPdf(context, call.Flag("compactDisplay"));
        IEnumerable<RecordData> records = all ? context.Session.Records().Where(r => context.User.Dag is not { } dag || r.Dag == dag)
            : call.Text("record") is not null ? [context.NeededRecord()] : [];
        foreach (RecordData record in records)
        {
            Fill(pdf, context, record, forms, at, all || call.Text("repeat_instance") is null ? null : call.Instance());
        }

        if (!all && call.Text("record") is null)
        {
            foreach (Form form in forms.Where(f => at is null || project.IsDesignated(at.Id, f.Name)))
            {
                pdf.Blank(form, at);
            }
        }

        context.Log(LogKind.Export, "Download PDF (API)", string.Join(", ", forms.Select(f => f.Name)));
        byte[] bytes = pdf.Write();
        return new ApiAnswer("text/html; charset=UTF-8", to => to.Write(bytes));
    }

    private static void Fill(FormPdf pdf, ApiContext context, RecordData record, IReadOnlyList<Form> forms, Event? only, int? instance)
    {
        Project project = context.Project;
        foreach (Event at in only is not null ? [only] : project.Longitudinal ? project.Design.Events : [project.FirstEvent])
        {
            bool entered = record.Rows.Any(r => r.Key.EventId == at.Id);
            foreach (Form form in forms.Where(f => project.IsDesignated(at.Id, f.Name)))
            {
                RowKey first = RecordData.KeyOf(project, at.Id, form.Name, 1);
                IEnumerable<RowKey> keys = first.IsBase ? [first]
                    : instance is { } one ? [first with { Instance = one }]
                    : record.Rows.Select(r => r.Key).Where(k => k.EventId == at.Id && k.Form == first.Form && !k.IsBase);
                foreach (RowKey key in keys.Where(_ => entered || only is not null || !project.Longitudinal))
                {
                    pdf.Filled(form, record, key, project.Longitudinal ? at : null);
                }
            }
        }
    }
}
