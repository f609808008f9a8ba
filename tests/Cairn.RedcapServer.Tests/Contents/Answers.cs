using Cairn.RedcapServer.Api;

namespace Cairn.RedcapServer.Tests.Contents;

/// <summary>Calls that send a file, and answers that are not text.</summary>
internal static class Answers
{
    public static (int Status, string MediaType, byte[] Body) Answer(this TestServer server, UploadedFile? file, params string[] parameters)
    {
        (int, string, byte[]) answered = default;
        KeyValuePair<string, string>[] all = [.. parameters.Append("token=" + TestServer.Token).Select(p => KeyValuePair.Create(p[..p.IndexOf('=', StringComparison.Ordinal)], p[(p.IndexOf('=', StringComparison.Ordinal) + 1)..]))];
        server.Api.Answer(new ApiCall(all, file), answer =>
        {
            using var body = new MemoryStream();
            answer.Write(body);
            answered = (answer.Status, answer.MediaType, body.ToArray());
        });
        return answered;
    }

    /// <summary>Sends a file; the answer is empty.</summary>
    public static void Upload(this TestServer server, UploadedFile file, params string[] parameters)
    {
        (int status, _, byte[] body) = server.Answer(file, parameters);
        Assert.Equal((200, ""), (status, System.Text.Encoding.UTF8.GetString(body)));
    }
}
