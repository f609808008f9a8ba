using System.Globalization;
using Cairn.RedcapServer.Text;

namespace Cairn.RedcapServer.Odm;

/// <summary>A file within XML.</summary>
internal sealed record OdmFile(string Name, string MediaType, byte[] Content);

/// <summary>One value of the data in XML, and which row it is of.</summary>
internal sealed record OdmValue(string Record, string RecordIdField, string Event, int EventInstance, string Form, int FormInstance)
{
    /// <summary>The item; blank where a record begins, or a form, before what it holds.</summary>
    public string Item { get; init; } = "";

    public string Value { get; init; } = "";

    /// <summary>In place of a value.</summary>
    public OdmFile? File { get; init; }
}

/// <summary>Reads the <c>ClinicalData</c> of ODM, a value at a time, in its order.</summary>
internal sealed class OdmValues(OdmXml xml)
{
    /// <summary>The most that REDCap allows for the name of a record.</summary>
    private const int MostNameLength = 100;

    /// <summary>The most instances REDCap allows.</summary>
    private const int MostInstances = 32767;

    /// <summary>All values within the element at which the reader stands. Throws <see cref="DataFormatException"/>.</summary>
    public IEnumerable<OdmValue> Read()
    {
        if (xml.IsEmpty)
        {
            yield break;
        }

        int depth = xml.Depth;
        while (xml.Next(depth))
        {
            if (xml.Name != "SubjectData")
            {
                continue;
            }

            string name = xml.Needed("SubjectKey").Trim();
            if (name.Length is 0 or > MostNameLength)
            {
                throw xml.Wrong($"the name of a record is blank, or longer than {MostNameLength} characters");
            }

            var subject = new OdmValue(name, xml.RedcapAttribute("RecordIdField") ?? "", Event: "", EventInstance: 1, Form: "", FormInstance: 1);
            yield return subject;
            foreach (OdmValue value in Subject(subject))
            {
                yield return value;
            }
        }
    }

    private IEnumerable<OdmValue> Subject(OdmValue subject)
    {
        if (xml.IsEmpty)
        {
            yield break;
        }

        int depth = xml.Depth;
        while (xml.Next(depth))
        {
            IEnumerable<OdmValue> values = xml.Name switch
            {
                "StudyEventData" => StudyEvent(subject with
                {
                    Event = xml.RedcapAttribute("UniqueEventName") ?? OdmOid.Name(OdmOid.Event, xml.Needed("StudyEventOID")),
                    EventInstance = Instance("StudyEventRepeatKey"),
                }),
                // Classic projects have no events.
                "FormData" => Form(subject),
                _ => [],
            };
            foreach (OdmValue value in values)
            {
                yield return value;
            }
        }
    }

    private IEnumerable<OdmValue> StudyEvent(OdmValue at)
    {
        if (xml.IsEmpty)
        {
            yield break;
        }

        int depth = xml.Depth;
        while (xml.Next(depth))
        {
            if (xml.Name == "FormData")
            {
                foreach (OdmValue value in Form(at))
                {
                    yield return value;
                }
            }
        }
    }

    private IEnumerable<OdmValue> Form(OdmValue at)
    {
        OdmValue form = at with { Form = OdmOid.Name(OdmOid.Form, xml.Needed("FormOID")), FormInstance = Instance("FormRepeatKey") };
        yield return form;
        if (xml.IsEmpty)
        {
            yield break;
        }

        int depth = xml.Depth;
        while (xml.Next(depth))
        {
            if (xml.Name != "ItemGroupData" || xml.IsEmpty)
            {
                continue;
            }

            int group = xml.Depth;
            while (xml.Next(group))
            {
                yield return Item(form);
            }
        }
    }

    private OdmValue Item(OdmValue form)
    {
        string item = xml.Needed("ItemOID");
        if (xml.Name != "ItemDataBase64Binary")
        {
            return form with { Item = item, Value = xml.Attribute("Value") ?? xml.Text() };
        }

        (string name, string mediaType) = (xml.RedcapAttribute("DocName") ?? item, xml.RedcapAttribute("MimeType") ?? "application/octet-stream");
        try
        {
            return form with { Item = item, File = new OdmFile(name, mediaType, Convert.FromBase64String(xml.Text())) };
        }
        catch (FormatException)
        {
            throw xml.Wrong($"the file of '{item}' is not base64");
        }
    }

    private int Instance(string attribute) => xml.Attribute(attribute) is not { Length: > 0 } text ? 1
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int instance) && instance is >= 1 and <= MostInstances ? instance
        : throw xml.Wrong($"the attribute {attribute} is not a number from 1 to {MostInstances}");
}
