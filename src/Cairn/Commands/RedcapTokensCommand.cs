using System.CommandLine;
using Cairn.Core;
using Cairn.RedcapServer.Storage;
using Cairn.Terminal;

namespace Cairn.Commands;

/// <summary><c>cairn redcap-server tokens</c>: who may use the server's API. A token is shown once, when it is issued.</summary>
internal static class RedcapTokensCommand
{
    public static Command Create(Composition cairn)
    {
        Option<string> data = RedcapServerCommand.DataOption();
        var tokens = new Verb("tokens", "List, issue and delete the tokens of a server's users", Chapter.Project)
        {
            Examples = [new Example("cairn redcap-server tokens --data redcap", "who has one, with its last characters"), new Example("cairn redcap-server tokens issue --data redcap --project 1 --user owner", "a new one, shown once")],
        };
        tokens.Options.Add(data);
        tokens.Add(Change("issue", "Give a user a new token, shown once; the one before no longer works", issue: true, cairn));
        tokens.Add(Change("delete", "Take a user's token away", issue: false, cairn));
        return tokens.Does(parse => List(parse.GetRequiredValue(data), cairn));
    }

    private static ExitCode List(string data, Composition cairn)
    {
        using RedcapStore store = RedcapServerCommand.OpenStore(data, cairn);
        List<TokenOwner> owners = [.. store.Projects().SelectMany(p => store.Owners(p.Id))];
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                Runs.RunsJson.List(json, "tokens", owners, o =>
                {
                    json.WriteNumber("project", o.Project);
                    json.WriteString("user", o.User);
                    json.WriteString("ending", o.Ending);
                    json.WriteString("issued", o.Issued);
                });
            });
            return ExitCode.Done;
        }

        var grid = new Grid("project", "user", "token", "issued");
        foreach (TokenOwner owner in owners)
        {
            grid.Add(Amount.Count(owner.Project), owner.User, "…" + owner.Ending, owner.Issued);
        }

        grid.Print(cairn.Screen.Out, cairn.Screen.OutInk, cairn.Screen.Width);
        return ExitCode.Done;
    }

    private static Verb Change(string name, string about, bool issue, Composition cairn)
    {
        Option<string> data = RedcapServerCommand.DataOption();
        var project = new Option<int>("--project") { Description = "The project's number", HelpName = "number", Required = true };
        var user = new Option<string>("--user") { Description = "The user's name", HelpName = "name", Required = true };
        var verb = new Verb(name, about, Chapter.Project)
        {
            Examples = [new Example($"cairn redcap-server tokens {name} --data redcap --project 1 --user owner", "by project and user"), new Example($"cairn redcap-server tokens {name} --data redcap --project 1 --user owner --json", "for scripts")],
        };
        foreach (Option option in new Option[] { data, project, user })
        {
            verb.Options.Add(option);
        }

        return verb.Does(parse => Change(parse.GetRequiredValue(data), parse.GetRequiredValue(project), parse.GetRequiredValue(user), issue, cairn));
    }

    private static ExitCode Change(string data, int project, string asked, bool issue, Composition cairn)
    {
        using RedcapStore store = RedcapServerCommand.OpenStore(data, cairn);
        RedcapServerCommand.NeedsProject(store, project);
        string user;
        using (ProjectSession session = store.Read(project, asked))
        {
            user = session.Project.User(asked)?.Name ?? throw new ProblemException(new Problem(
                "redcap-server/no-user", ProblemKind.Usage, $"project {project} has no user {asked}; it has {string.Join(", ", session.Project.Design.Users.Select(u => u.Name))}", Help: "name one of them"));
        }

        if (!issue && !store.DeleteToken(project, user))
        {
            throw new ProblemException(new Problem("redcap-server/no-token", ProblemKind.Usage, $"{user} has no token for project {project}", Help: "cairn redcap-server tokens --data FOLDER"));
        }

        Tell(cairn, project, user, issue ? store.IssueToken(project, user) : null);
        return ExitCode.Done;
    }

    private static void Tell(Composition cairn, int project, string user, string? token)
    {
        if (cairn.Asked.Json)
        {
            Json.Write(cairn.Screen.Out, json =>
            {
                json.WriteBoolean("ok", true);
                json.WriteNumber("project", project);
                json.WriteString("user", user);
                json.WriteString("token", token);
            });
        }
        else
        {
            cairn.Screen.Out.WriteLine(token ?? $"{user} has no token for project {project} any more");
        }
    }
}
