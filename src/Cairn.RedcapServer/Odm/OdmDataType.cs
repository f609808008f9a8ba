namespace Cairn.RedcapServer.Odm;

/// <summary>Validation types in project XML: two have other names there, and each has a data type of ODM's.</summary>
internal static class OdmDataType
{
    public static string Name(string validation) => validation switch
    {
        "integer" => "int",
        "number" => "float",
        _ => validation,
    };

    /// <summary>The data type of a text field, as published projects have it.</summary>
    public static string Of(string validation) => validation switch
    {
        "integer" => "integer",
        "number" or "number_1dp" or "number_2dp" or "number_3dp" or "number_4dp" => "float",
        "time" => "partialTime",
        "date_dmy" or "date_mdy" or "date_ymd" => "date",
        "datetime_dmy" or "datetime_mdy" or "datetime_ymd" => "partialDatetime",
        "datetime_seconds_dmy" or "datetime_seconds_mdy" or "datetime_seconds_ymd" => "datetime",
        _ => "text",
    };
}
