using System.Text;
using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Storage;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Contents;

/// <summary><c>content=project</c> with a super token: makes a project and answers a token for it.</summary>
internal static class ProjectCreation
{
    /// <summary>Who is the user of projects made with the super token, which is no user's.</summary>
    private const string Creator = "site_admin";

    /// <summary>
    /// The attributes are one row of <c>data</c>: <c>project_title</c> and <c>purpose</c> are needed. With <c>odm</c> all else is as in that project XML, its records too;
    /// without, the project is empty. Answers the new token, 32 characters, as plain text. Throws <see cref="ApiRefusal"/>, and there is no project.
    /// </summary>
    internal static ApiAnswer Create(ApiCall call, RedcapApi api)
    {
        if (call.Text("content") != "project" || call.Raw("data") is not { } data)
        {
            throw new ApiRefusal("The value of the parameter \"content\" is not valid");
        }

        int project;
        try
        {
            var given = new Given(OneItem.Read(call.Format, data, call.Format == DataFormat.Csv ? call.CsvDelimiter : ','));
            project = call.Text("odm") is { } odm
                ? api.Store.AddXml(new MemoryStream(Encoding.UTF8.GetBytes(odm.TrimStart('\uFEFF', ' ', '\r', '\n', '\t'))), Creator, api.Options, design => design with { Settings = given.Over(design.Settings) with { Longitudinal = design.Settings.Longitudinal } }, api.Options.TakeCalcsOfNewProjects)
                : api.Store.AddBlank(given.Over(new ProjectSettings()), Creator, api.Options);
        }
        catch (DataFormatException e)
        {
            throw new ApiRefusal(api.Options.MalformedDataStatus, e.Message);
        }

        return ApiAnswer.Plain(api.Store.IssueToken(project, Creator));
    }

    /// <summary>The attributes of the project to be.</summary>
    private sealed class Given(TextTable table)
    {
        private readonly string?[] _row = table.Rows[0];

        public ProjectSettings Over(ProjectSettings settings)
        {
            string title = Of("project_title")?.Trim() ?? "";
            if (title.Length == 0)
            {
                throw new ApiRefusal("The attribute \"project_title\" is missing");
            }

            int purpose = Of("purpose")?.Trim() is { Length: 1 } text && text[0] is >= '0' and <= '4' ? text[0] - '0'
                : throw new ApiRefusal("The attribute \"purpose\" is missing, or is not a number from 0 to 4");
            string other = Of("purpose_other") ?? settings.PurposeOther;
            if (purpose == 1 && other.Length == 0)
            {
                throw new ApiRefusal("The attribute \"purpose_other\" is missing, which the purpose 1 (other) needs");
            }

            return settings with
            {
                Title = title,
                Purpose = purpose,
                PurposeOther = other,
                Notes = Of("project_notes") ?? settings.Notes,
                Longitudinal = Flag("is_longitudinal", settings.Longitudinal),
                SurveysEnabled = Flag("surveys_enabled", settings.SurveysEnabled),
                AutoNumbering = Flag("record_autonumbering_enabled", settings.AutoNumbering),
                SchedulingEnabled = Flag("scheduling_enabled", settings.SchedulingEnabled),
                DisplayTodayNowButton = Flag("display_today_now_button", settings.DisplayTodayNowButton),
                MissingDataCodes = Of("missing_data_codes") ?? settings.MissingDataCodes,
                CustomRecordLabel = Of("custom_record_label") ?? settings.CustomRecordLabel,
                IrbNumber = Of("project_irb_number") ?? settings.IrbNumber,
                GrantNumber = Of("project_grant_number") ?? settings.GrantNumber,
                PiFirstName = Of("project_pi_firstname") ?? settings.PiFirstName,
                PiLastName = Of("project_pi_lastname") ?? settings.PiLastName,
                PiEmail = Of("project_pi_email") ?? settings.PiEmail,
            };
        }

        private string? Of(string attribute) => table.Value(_row, attribute) is { Length: > 0 } value ? value : null;

        private bool Flag(string attribute, bool otherwise) => Of(attribute) is not { } value ? otherwise : value.Trim() is not ("0" or "false" or "False" or "FALSE");
    }
}
