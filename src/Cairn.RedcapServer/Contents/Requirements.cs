using Cairn.RedcapServer.Api;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Storage;

namespace Cairn.RedcapServer.Contents;

/// <summary>What methods ask for beside the right to use the API. Each throws <see cref="ApiRefusal"/> when it is not there.</summary>
internal static class Requirements
{
    /// <summary>The right to a module; its name as the message gives it. To change users, the right must be more than to look.</summary>
    public static void NeedsModule(this ApiContext context, string right, string name)
    {
        int held = context.Rights[right];
        if (context.Session.Writing ? held != 1 : held == 0)
        {
            string api = context.Session.Writing ? "API Import/Update" : "API Export";
            throw new ApiRefusal($"Insufficient user privileges: You must have '{api}' privileges and '{name}' privileges in the project.");
        }
    }

    public static void NeedsDesign(this ApiContext context) => context.NeedsModule("design", "Project Design/Setup");

    public static void NeedsUserRights(this ApiContext context) => context.NeedsModule("user_rights", "User Rights");

    public static void NeedsDags(this ApiContext context) => context.NeedsModule("data_access_groups", "Data Access Groups");

    /// <summary>To change a project's structure: the right to its design, and that it is not in production.</summary>
    public static void NeedsDevelopment(this ApiContext context)
    {
        context.NeedsDesign();
        if (context.Project.Settings.InProduction)
        {
            throw new ApiRefusal("This method is available only for projects in Development status");
        }
    }

    /// <summary>Logs a look at, or a change of, the definition.</summary>
    public static void LogManage(this ApiContext context, string details) => context.Log(LogKind.Manage, LogEntry.ManageAction, details);

    /// <summary>The parameter, which must be there.</summary>
    public static string Needed(this ApiCall call, string parameter) => call.Text(parameter)?.Trim() ?? throw new ApiRefusal($"The parameter \"{parameter}\" is missing");

    /// <summary>The values of a list which must be there and be among those there are, each once.</summary>
    public static IReadOnlyList<string> Needed(this ApiCall call, string parameter, Func<string, bool> valid)
    {
        IReadOnlyList<string> values = call.List(parameter) ?? throw new ApiRefusal($"The parameter \"{parameter}\" is missing");
        return Valid(parameter, values, valid);
    }

    /// <summary>As <see cref="Needed(ApiCall, string, Func{string, bool})"/>, null when the parameter is absent.</summary>
    public static IReadOnlyList<string>? Optional(this ApiCall call, string parameter, Func<string, bool> valid) =>
        call.List(parameter) is { } values ? Valid(parameter, values, valid) : null;

    /// <summary>The numbers of <c>arms</c>; null for all.</summary>
    public static IReadOnlySet<int>? Arms(this ApiContext context) =>
        context.Call.Optional("arms", a => ArmOf(context.Project, a) is not null)?.Select(a => ArmOf(context.Project, a)!.Number).ToHashSet();

    /// <summary>The arm of a number in words; null when there is none.</summary>
    public static Arm? ArmOf(Project project, string number) =>
        int.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int n) ? project.Arm(n) : null;

    /// <summary>The record <c>record</c> names. One of another group than the user's does not exist for him.</summary>
    public static RecordData NeededRecord(this ApiContext context)
    {
        string name = context.Call.Needed("record");
        return context.Session.Record(name) is { } record && (context.User.Dag is not { } dag || record.Dag == dag) ? record
            : throw new ApiRefusal($"The record \"{name}\" does not exist");
    }

    /// <summary>The instrument <c>instrument</c> names.</summary>
    public static Form NeededForm(this ApiContext context)
    {
        string name = context.Call.Needed("instrument");
        return context.Project.Form(name) ?? throw ApiRefusal.NotValid("instrument", [name]);
    }

    /// <summary>The event <c>event</c> names, in which data of the form may be entered; the only one of a classic project, where the parameter does not matter.</summary>
    public static Event NeededEvent(this ApiContext context, string form)
    {
        if (!context.Project.Longitudinal)
        {
            return context.Project.FirstEvent;
        }

        string name = context.Call.Needed("event");
        Event found = context.Project.Event(name) ?? throw ApiRefusal.NotValid("event", [name]);
        return context.Project.IsDesignated(found.Id, form) ? found : throw new ApiRefusal($"The instrument '{form}' is not designated for the event '{name}'");
    }

    /// <summary><c>repeat_instance</c>; 1 when absent.</summary>
    public static int Instance(this ApiCall call) => call.Number("repeat_instance") switch
    {
        null => 1,
        >= 1 and <= 32767 and { } instance => instance,
        _ => throw new ApiRefusal("The value of the parameter \"repeat_instance\" is not valid"),
    };

    private static IReadOnlyList<string> Valid(string parameter, IReadOnlyList<string> values, Func<string, bool> valid)
    {
        List<string> wrong = [.. values.Where(v => !valid(v)).Distinct()];
        return wrong.Count > 0 ? throw ApiRefusal.NotValid(parameter, wrong) : [.. values.Distinct()];
    }
}
