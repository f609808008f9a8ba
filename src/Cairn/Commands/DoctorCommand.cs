using System.CommandLine;
using Cairn.Terminal;

namespace Cairn.Commands;

/// <summary><c>cairn doctor</c>: does this machine have what Cairn needs? One line each, with the fix beside it.</summary>
internal static class DoctorCommand
{
    public static Command Create(Composition cairn)
    {
        var report = new Option<string>("--report") { Description = "Also write the answer to a file, without names, paths of yours or secrets, to attach to an issue", HelpName = "file" };
        var doctor = new Verb("doctor", "Check that this machine has what Cairn needs", Chapter.Project)
        {
            Examples =
            [
                new Example("cairn doctor", "folders, engine, disk, clock; each with its fix"),
                new Example("cairn doctor --report doctor.txt", "one file to attach when you ask for help"),
            ],
        };
        doctor.Add(report);
        return doctor.Does(parse => Examine(parse.GetValue(report), cairn));
    }

    private static ExitCode Examine(string? report, Composition cairn)
    {
        IReadOnlyList<Finding> findings = [.. Examination.All(cairn)];
        if (report is not null)
        {
            Examination.Save(cairn.Absolute(report), findings, cairn);
        }

        bool well = findings.All(f => f.Well);
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", well);
                json.WriteStartArray("checks");
                foreach (Finding finding in findings)
                {
                    json.WriteStartObject();
                    json.WriteString("name", finding.Name);
                    json.WriteBoolean("well", finding.Well);
                    json.WriteString("found", finding.Found);
                    json.WriteString("fix", finding.Fix);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                ProblemJson.Write(json, []);
            });
        }
        else
        {
            Print(findings, cairn.Screen);
        }

        return well ? ExitCode.Done : ExitCode.Found;
    }

    private static void Print(IReadOnlyList<Finding> findings, Screen screen)
    {
        foreach (Finding finding in findings)
        {
            string mark = finding.Well ? screen.OutInk.Good("ok  ") : screen.OutInk.Error("FIX ");
            screen.Out.WriteLine($"{mark} {finding.Name,-16} {Printable.Of(finding.Found)}");
            if (finding.Fix is not null)
            {
                screen.Out.WriteLine($"       = help: {Printable.Of(finding.Fix)}");
            }
        }
    }
}
