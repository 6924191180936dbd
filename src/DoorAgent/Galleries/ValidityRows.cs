using DoorAgent.Matching;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>Dates as the gallery keeps them.</summary>
internal static class ValidityRows
{
    /// <summary>The date in a column; null where there is none.</summary>
    /// <exception cref="UserErrorException">What stands there is no date.</exception>
    public static ValidityDate? Read(SqliteDataReader row, int column, string name)
    {
        if (row.IsDBNull(column))
            return null;
        try
        {
            return ValidityDate.Parse(row.GetString(column));
        }
        catch (FormatException wrong)
        {
            throw new UserErrorException($"{name} has a date in the gallery ({row.GetName(column)}) that is none: another program wrote it. {wrong.Message} Set it again with 'dooragent people until' or 'people from'.", wrong);
        }
    }
}
