namespace Cairn.RedcapServer.Odm
{
    internal static class OdmWriter { public static void WriteRecords(Stream to, Api.ApiContext c, Records.RecordExport e) => throw new NotSupportedException(); }
    internal static class OdmRecords { public static Text.TextTable Read(string data, Api.ApiContext c) => throw new NotSupportedException(); }
}
namespace Cairn.RedcapServer.Contents { internal static class ProjectCreation { public static Api.ApiAnswer Create(Api.ApiCall c, Api.RedcapApi a) => throw new NotSupportedException(); } }
namespace Cairn.RedcapServer.Definitions { internal static class DataDictionary { public static void WriteWeb(Project p, TextWriter w) => throw new NotSupportedException(); } }
