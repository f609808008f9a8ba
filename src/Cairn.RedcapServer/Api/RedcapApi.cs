using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Misbehaviour;
using Cairn.RedcapServer.Storage;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Api;

/// <summary>
/// The API without the network: a call in, an answer out. Finds the token's owner and the method, sees to rights, and makes each call one transaction:
/// what is answered with success is on the disk, what is refused has changed nothing.
/// </summary>
public sealed class RedcapApi(RedcapStore store, ServerOptions options)
{
    private const string NoPermission = "You do not have permissions to use the API";

    public RedcapStore Store { get; } = store;

    public ServerOptions Options { get; } = options;

    /// <summary>Answers, and writes body and status by <paramref name="send"/>. Refusals are answers too; what else is thrown is this server's own fault.</summary>
    public void Answer(ApiCall call, Action<ApiAnswer> send, Mischief? mischief = null)
    {
        ApiAnswer refusal;
        try
        {
            Carry(call, send, mischief);
            return;
        }
        catch (ApiRefusal e)
        {
            refusal = ApiAnswer.Error(e.Status, e.Message, call.ReturnFormat);
        }

        send(refusal);
    }

    private void Carry(ApiCall call, Action<ApiAnswer> send, Mischief? mischief)
    {
        string token = call.Raw("token") ?? "";
        if (IsSuper(token))
        {
            // PHPCap asks for the version with it too.
            send(call.Text("content") == "version" ? ApiAnswer.Plain(Options.Version) : Contents.ProjectCreation.Create(call, this));
            return;
        }

        TokenOwner owner = Store.OwnerOf(token) ?? throw ApiRefusal.NoRight(NoPermission);
        ApiMethod method = ApiMethods.Of(call);
        using ProjectSession session = method.Writes ? Store.Write(owner.Project, owner.User) : Store.Read(owner.Project, owner.User);
        User user = session.Project.User(owner.User) ?? throw ApiRefusal.NoRight(NoPermission);
        Permit(method, session, user);
        var context = new ApiContext(call, session, user, Options)
        {
            MostRecords = mischief?.Kind == MischiefKind.Truncate ? mischief.Value : null,
            CountOff = mischief?.Kind == MischiefKind.WrongCount ? mischief.Value : 0,
        };
        ApiAnswer answer = method.Answer(context);
        if (method.Writes)
        {
            session.Commit();
        }
        else if (context.ToLog.Count > 0)
        {
            using ProjectSession log = Store.Write(owner.Project, owner.User);
            foreach ((LogKind kind, string action, string details) in context.ToLog)
            {
                log.Log(kind, action, details);
            }

            log.Commit();
        }

        send(answer);
    }

    /// <summary>Compared in a time that does not tell how much of it is right.</summary>
    private bool IsSuper(string token) =>
        Options.SuperToken is { } super && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(super), Encoding.UTF8.GetBytes(token));

    private static void Permit(ApiMethod method, ProjectSession session, User user)
    {
        if (user.Expiration.Length > 0 && string.CompareOrdinal(user.Expiration, session.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) <= 0)
        {
            throw ApiRefusal.NoRight($"You do not have API rights because your privileges have expired for this project as of {user.Expiration}.");
        }

        Rights rights = session.Project.RightsOf(user);
        switch (method.Right)
        {
            case ApiRight.Export when !rights.May("api_export"):
                throw ApiRefusal.NoRight("You do not have API Export privileges");
            case ApiRight.Import when !rights.May("api_import"):
                throw ApiRefusal.NoRight("You do not have API Import/Update privileges");
        }
    }
}
