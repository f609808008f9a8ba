using System.Globalization;
using Cairn.RedcapServer.Definitions;

namespace Cairn.RedcapServer.Odm;

/// <summary>Reads the element <c>Study</c> of a project's XML.</summary>
internal sealed class OdmStudyReader(OdmXml xml)
{
    private readonly OdmStudy _study = new();

    /// <summary>The reader stands at the element, and afterwards at its end.</summary>
    public OdmStudy Read()
    {
        xml.Each(() =>
        {
            switch (xml.Name)
            {
                case "GlobalVariables":
                    xml.Each(Global);
                    break;
                case "MetaDataVersion":
                    xml.Each(Definition);
                    break;
            }
        });
        return _study;
    }

    private void Global()
    {
        switch (xml.Name)
        {
            case "StudyName":
                _study.Title = xml.Text();
                break;
            case "StudyDescription" or "ProtocolName":
                // Both follow from the name.
                break;
            default:
                _study.Globals.Add(xml.Element());
                break;
        }
    }

    private void Definition()
    {
        switch (xml.Name)
        {
            case "StudyEventDef":
                StudyEvent();
                break;
            case "FormDef":
                FormDef();
                break;
            case "ItemGroupDef":
                ItemGroup();
                break;
            case "ItemDef":
                Item();
                break;
            case "CodeList":
                CodeList();
                break;
        }
    }

    private void StudyEvent()
    {
        string unique = xml.RedcapAttribute("UniqueEventName") ?? OdmOid.Name(OdmOid.Event, xml.Needed("OID"));
        var found = new Event
        {
            Id = _study.Events.Count + 1,
            Name = xml.RedcapAttribute("EventName") ?? xml.Needed("Name"),
            Arm = (int)Number("ArmNum", 1),
            UniqueName = unique,
            CustomLabel = xml.RedcapAttribute("CustomEventLabel") ?? "",
            DayOffset = Number("DayOffset", 0),
            OffsetMinimum = Number("OffsetMin", 0),
            OffsetMaximum = Number("OffsetMax", 0),
        };
        var definition = new OdmEventDef(unique, xml.RedcapAttribute("ArmName") ?? $"Arm {found.Arm}", found, xml.Line, []);
        _study.Events.Add(definition);
        xml.Each(() =>
        {
            if (xml.Name == "FormRef")
            {
                definition.Forms.Add(xml.RedcapAttribute("FormName") ?? OdmOid.Name(OdmOid.Form, xml.Needed("FormOID")));
            }
        });
    }

    private void FormDef()
    {
        string name = xml.RedcapAttribute("FormName") ?? OdmOid.Name(OdmOid.Form, xml.Needed("OID"));
        var definition = new OdmFormDef(name, xml.Attribute("Name") ?? name, xml.Line, []);
        _study.Forms.Add(definition);
        xml.Each(() =>
        {
            if (xml.Name == "ItemGroupRef")
            {
                definition.Groups.Add(xml.Needed("ItemGroupOID"));
            }
        });
    }

    private void ItemGroup()
    {
        var items = new List<(string, bool)>();
        _study.Groups[xml.Needed("OID")] = items;
        xml.Each(() =>
        {
            if (xml.Name == "ItemRef")
            {
                items.Add((xml.Needed("ItemOID"), xml.Attribute("Mandatory") == "Yes"));
            }
        });
    }

    private void Item()
    {
        string oid = xml.Needed("OID");
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in xml.Attributes())
        {
            if (name.StartsWith("redcap:", StringComparison.Ordinal))
            {
                attributes[name["redcap:".Length..]] = value;
            }
        }

        var item = new OdmItemDef(oid, xml.Line) { DataType = xml.Attribute("DataType") ?? "", Attributes = attributes };
        // A survey's timestamp is defined twice: in a group of its own and in that of the record ID.
        _study.Items.TryAdd(oid, item);
        xml.Each(() =>
        {
            switch (xml.Name)
            {
                case "Question":
                    item.Label = Label();
                    break;
                case "CodeListRef":
                    item.CodeList = xml.Needed("CodeListOID");
                    break;
                case "RangeCheck":
                    RangeCheck(item);
                    break;
            }
        });
    }

    private void RangeCheck(OdmItemDef item)
    {
        string comparator = xml.Needed("Comparator");
        xml.Each(() =>
        {
            if (xml.Name != "CheckValue")
            {
                return;
            }

            if (comparator is "GE" or "GT")
            {
                item.Minimum = xml.Text();
            }
            else if (comparator is "LE" or "LT")
            {
                item.Maximum = xml.Text();
            }
        });
    }

    private void CodeList()
    {
        var list = new OdmCodeList([], xml.RedcapAttribute("CheckboxChoices"));
        _study.CodeLists[xml.Needed("OID")] = list;
        xml.Each(() =>
        {
            if (xml.Name is "CodeListItem" or "EnumeratedItem")
            {
                string code = xml.Needed("CodedValue");
                string? label = null;
                xml.Each(() => label = xml.Name == "Decode" ? Label() : label);
                list.Choices.Add(new Choice(code, label ?? code));
            }
        });
    }

    /// <summary>The label in a question or choice: with its formatting, where that is there too.</summary>
    private string Label()
    {
        (string plain, string? formatted) = ("", null);
        xml.Each(() =>
        {
            switch (xml.Name)
            {
                case "TranslatedText":
                    plain = xml.Text();
                    break;
                case "FormattedTranslatedText":
                    formatted = xml.Text();
                    break;
            }
        });
        return formatted ?? plain;
    }

    private double Number(string attribute, double otherwise)
    {
        string? text = xml.RedcapAttribute(attribute);
        return string.IsNullOrEmpty(text) ? otherwise
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && Math.Abs(number) < 1_000_000 ? number
            : throw xml.Wrong($"the attribute redcap:{attribute} is not a number");
    }
}
