using System.CommandLine;
using System.CommandLine.Completions;

namespace Cairn.Commands;

/// <summary>Every command, in the order help shows them. A new command is a file of its own and one line here.</summary>
internal static class CommandTree
{
    public static RootCommand Create(Composition cairn)
    {
        var root = new RootCommand("Moves research and collection records, and writes down how every record got there.");
        root.Options.Clear();
        cairn.Globals.AddTo(root, cairn);
        root.Add(InitCommand.Create(cairn));
        root.Add(CheckCommand.Create(cairn));
        root.Add(PeekCommand.Create(cairn));
        root.Add(PlanCommand.Create(cairn));
        root.Add(RunCommand.Create(cairn));
        root.Add(RunsCommand.Create(cairn));
        root.Add(LineageCommand.Create(cairn));
        root.Add(VerifyCommand.Create(cairn));
        root.Add(ArchiveCommand.Create(cairn));
        root.Add(ConnectorsCommand.Create(cairn));
        root.Add(ConfigCommand.Create(cairn));
        root.Add(RedcapServerCommand.Create(cairn));
        root.Add(DoctorCommand.Create(cairn));
        root.Add(HelpCommand.Create(cairn));
        root.Add(CompletionsCommand.Create(cairn));
        root.Add(VersionCommand.Create(cairn));
        root.SetAction(_ => (int)StateCommand.Show(cairn));
        return root;
    }
}
