using Cairn.RedcapServer.Definitions;
using Cairn.RedcapServer.Records;
using Cairn.RedcapServer.Storage;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Odm;

/// <summary>
/// A project in REDCap's XML (CDISC ODM 1.3.1), read forwards and once: first its definition, then its records one at a time. Whatever cannot be read is a
/// <see cref="DataFormatException"/> that says where.
/// </summary>
public sealed class OdmProject : IDisposable
{
    private readonly OdmXml _xml;
    private bool _ended;

    private OdmProject(OdmXml xml, Design design) => (_xml, Design) = (xml, design);

    /// <summary>What the XML defines: all but users, of which it has none. Its events are numbered from 1.</summary>
    public Design Design { get; }

    /// <summary>Reads as far as the definition goes. Throws <see cref="DataFormatException"/>; the stream stays the caller's.</summary>
    public static OdmProject Read(Stream from)
    {
        var xml = new OdmXml(from);
        try
        {
            xml.Begin();
            if (xml.Name != "ODM")
            {
                throw xml.Wrong($"the element is {xml.Name}, and not ODM");
            }

            int depth = xml.Depth;
            while (!xml.IsEmpty && xml.Next(depth))
            {
                if (xml.Name == "ClinicalData")
                {
                    throw xml.Wrong("the records come before the project they are of");
                }

                if (xml.Name == "Study")
                {
                    return new OdmProject(xml, new OdmDesign(new OdmStudyReader(xml).Read()).Make());
                }
            }

            throw xml.Wrong("there is no element Study");
        }
        catch
        {
            xml.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Puts the records and their files into a project of this definition, to the end of the XML. What a record has already stays where the XML says nothing
    /// of it. Values are taken as they are: a project may hold values from before its fields were validated. Once only.
    /// </summary>
    /// <param name="calculated">Whether the values of calculated fields are taken.</param>
    public void Fill(ProjectSession session, bool calculated = true)
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        _ended = true;
        while (_xml.Next(0))
        {
            if (_xml.Name == "Study")
            {
                throw _xml.Wrong("there is a second project");
            }

            if (_xml.Name == "ClinicalData")
            {
                new OdmRecordWriter(session, _xml, calculated).Write(new OdmValues(_xml).Read());
            }
        }

        _xml.End();
    }

    public void Dispose() => _xml.Dispose();
}
