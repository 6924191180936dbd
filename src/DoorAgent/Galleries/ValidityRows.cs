using DoorAgent.Events;
using DoorAgent.Matching;
using Microsoft.Data.Sqlite;

namespace DoorAgent.Galleries;

/// <summary>Reads dates from rows of the gallery.</summary>
internal static class ValidityRows
{
    /// <summary>Reads the date in a column; null without a date.</summary>
    /// <exception cref="UserErrorException">The column does not hold a date.</exception>
    public static ValidityDate? Read(SqliteDataReader row, int column, long person, string name)
    {
        if (row.IsDBNull(column))
            return null;
        try
        {
            return ValidityDate.Parse(row.GetString(column));
        }
        catch (FormatException wrong)
        {
            string what = $" has an invalid date in the gallery ({row.GetName(column)}): another program wrote it. "
                + $"{wrong.Message} Set the date again with 'dooragent people until' or 'people from'.";
            throw new UserErrorException(name + what, wrong) { ForRecord = PersonReference.Of(person, name) + what };
        }
    }
}
