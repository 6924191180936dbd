using System.Globalization;

namespace DoorAgent.Simulation;

/// <summary>
/// A line of a scenario file, from 1; 0 for a value that came from no file. All values are equal on purpose: the place of a step is for
/// messages and is not part of the step's value.
/// </summary>
/// <param name="Number">Number of the line.</param>
/// <param name="File">Name of the file in messages.</param>
internal readonly record struct SourceLine(int Number, string? File = null)
{
    /// <summary>Performs the work of this line; a user error names the line.</summary>
    /// <exception cref="UserErrorException">The work failed.</exception>
    public void Do(Action work) => _ = Do(() =>
    {
        work();
        return true;
    });

    /// <inheritdoc cref="Do(Action)"/>
    public T Do<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception refused) when (refused is UserErrorException or FormatException or InvalidDataException && Number > 0)
        {
            throw Refusal(refused.Message, refused);
        }
    }

    /// <summary>Makes an exception that names this line.</summary>
    public UserErrorException Refusal(string why, Exception? cause = null) => new($"{this}: {why}", cause);

    public bool Equals(SourceLine other) => true;

    public override int GetHashCode() => 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File ?? "scenario"}:{Number}");
}
