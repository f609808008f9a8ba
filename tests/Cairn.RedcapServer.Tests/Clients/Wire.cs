using System.Globalization;
using System.Text;

namespace Cairn.RedcapServer.Tests.Clients;

/// <summary>The bytes that clients' HTTP libraries make of parameters.</summary>
internal static class Wire
{
    /// <summary>The values of an array under the names <c>name[0]</c>, <c>name[1]</c> and so on.</summary>
    public static (string Name, string Value)[] List(string name, params IEnumerable<string> values) =>
        [.. values.Select((v, i) => (string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]"), v))];

    /// <param name="bare">What is sent as it is, beside letters and digits.</param>
    /// <param name="space">What a space is sent as.</param>
    public static byte[] Form(IEnumerable<(string Name, string Value)> parameters, string bare, string space)
    {
        string Coded(string text)
        {
            var coded = new StringBuilder();
            foreach (byte b in Encoding.UTF8.GetBytes(text))
            {
                coded.Append(b switch
                {
                    (byte)' ' => space,
                    _ when char.IsAsciiLetterOrDigit((char)b) || bare.Contains((char)b, StringComparison.Ordinal) => ((char)b).ToString(),
                    _ => string.Create(CultureInfo.InvariantCulture, $"%{b:X2}"),
                });
            }

            return coded.ToString();
        }

        return Encoding.ASCII.GetBytes(string.Join('&', parameters.Select(p => $"{Coded(p.Name)}={Coded(p.Value)}")));
    }

    /// <param name="file">A file's headers behind the part's name, and its content.</param>
    public static byte[] Multipart(string boundary, IEnumerable<(string Name, string Value)> parameters, (string Headers, byte[] Content)? file = null)
    {
        using var body = new MemoryStream();
        void Write(string text) => body.Write(Encoding.UTF8.GetBytes(text));
        foreach ((string name, string value) in parameters)
        {
            Write($"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }

        if (file is var (headers, content))
        {
            Write($"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; {headers}\r\n\r\n");
            body.Write(content);
            Write("\r\n");
        }

        Write($"--{boundary}--\r\n");
        return body.ToArray();
    }
}
