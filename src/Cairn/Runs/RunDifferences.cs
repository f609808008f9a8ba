using Cairn.Core.Provenance;
using Cairn.Terminal;

namespace Cairn.Runs;

/// <summary>In what two runs differ.</summary>
internal static class RunDifferences
{
    public static ExitCode Print(RunComparison comparison, Composition cairn)
    {
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json => Write(json, comparison));
        }
        else
        {
            new Printer(comparison, cairn).Print();
        }

        return comparison.Same ? ExitCode.Done : ExitCode.Found;
    }

    private static void Write(System.Text.Json.Utf8JsonWriter json, RunComparison comparison)
    {
        json.WriteBoolean("ok", true);
        json.WriteBoolean("same", comparison.Same);
        json.WriteBoolean("same_outputs", comparison.SameOutputs);
        json.WriteStartObject("a");
        RunsJson.Write(json, comparison.A);
        json.WriteEndObject();
        json.WriteStartObject("b");
        RunsJson.Write(json, comparison.B);
        json.WriteEndObject();
        RunsJson.List(json, "circumstances", comparison.Circumstances, d => RunsJson.Difference(json, d));
        RunsJson.List(json, "settings", comparison.Settings, d => RunsJson.Difference(json, d));
        RunsJson.Texts(json, "flow", comparison.FlowText);
        RunsJson.List(json, "inputs", comparison.Inputs, d => Versions(json, d));
        RunsJson.List(json, "outputs", comparison.Outputs, d => Versions(json, d));
        RunsJson.List(json, "counts", comparison.Counts, d => RunsJson.Difference(json, d));
        RunsJson.List(json, "figures", comparison.Figures, d => RunsJson.Difference(json, d));
        ProblemJson.Write(json, []);
    }

    private static void Versions(System.Text.Json.Utf8JsonWriter json, DataDifference difference)
    {
        RunsJson.Version(json, "a", difference.A);
        RunsJson.Version(json, "b", difference.B);
    }

    private sealed class Printer(RunComparison comparison, Composition cairn)
    {
        private readonly TextWriter _to = cairn.Screen.Out;
        private readonly Ink _ink = cairn.Screen.OutInk;

        public void Print()
        {
            _to.WriteLine(Sentence());
            Differences("How they were run", comparison.Circumstances);
            Differences("Settings", comparison.Settings);
            Flow();
            Files("Inputs", comparison.Inputs);
            Differences("Counts", comparison.Counts);
            Differences("Figures", comparison.Figures);
            Files("Outputs", comparison.Outputs);
        }

        private string Sentence()
        {
            string which = $"{comparison.A.Id} ({comparison.A.Name}, {RunWords.Time(comparison.A.Opened)}) and {comparison.B.Id} ({comparison.B.Name}, {RunWords.Time(comparison.B.Opened)})";
            return comparison.Same ? $"Runs {which} are the same: flow, settings, inputs, counts, figures and outputs."
                : comparison.SameOutputs && comparison.A.Outputs > 0 ? $"Runs {which} differ, but wrote the same bytes."
                : $"Runs {which} differ.";
        }

        private void Differences(string title, IReadOnlyList<Difference> differences)
        {
            if (differences.Count == 0)
            {
                return;
            }

            Title(title);
            var grid = new Grid("", comparison.A.Id, comparison.B.Id) { Indent = "  " };
            foreach (Difference difference in differences)
            {
                grid.Add(difference.Name, difference.A ?? "-", difference.B ?? "-");
            }

            grid.Print(_to, _ink, cairn.Screen.Width);
        }

        private void Files(string title, IReadOnlyList<DataDifference> differences)
        {
            if (differences.Count == 0)
            {
                return;
            }

            Title(title);
            var grid = new Grid("", comparison.A.Id, comparison.B.Id) { Indent = "  ", Paths = [0] };
            foreach (DataDifference difference in differences)
            {
                grid.Add(cairn.Shown((difference.A ?? difference.B)!.Path), Version(difference.A), Version(difference.B));
            }

            grid.Print(_to, _ink, cairn.Screen.Width);
        }

        private void Flow()
        {
            if (comparison.FlowText.Count == 0)
            {
                return;
            }

            Title("Flow file");
            foreach (string line in comparison.FlowText)
            {
                string shown = "  " + Printable.Of(line);
                _to.WriteLine(line[0] switch { '-' => _ink.Error(shown), '+' => _ink.Good(shown), '@' => _ink.Faint(shown), _ => shown });
            }
        }

        private void Title(string title)
        {
            _to.WriteLine();
            _to.WriteLine(_ink.Strong(title));
        }

        private static string Version(DataVersion? data) => data is null ? "-" : $"{data.Sha256[..Math.Min(12, data.Sha256.Length)]} {Amount.Bytes(data.Bytes)}";
    }
}
