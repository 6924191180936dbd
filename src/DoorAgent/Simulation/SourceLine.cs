using System.Globalization;

namespace DoorAgent.Simulation;

/// <summary>
/// The line of a scenario file on which something stands, from 1; 0 when it came from no file.
/// Any two are equal on purpose: where a step stands is for messages and no part of what it says.
/// </summary>
/// <param name="Number">The line.</param>
/// <param name="File">The file's name in messages.</param>
internal readonly record struct SourceLine(int Number, string? File = null)
{
    /// <summary>Does what this line asks for; an error of the user's names the line.</summary>
    /// <exception cref="UserErrorException">It cannot be done.</exception>
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

    /// <summary>An error whose cause stands here.</summary>
    public UserErrorException Refusal(string why, Exception? cause = null) => new($"{this}: {why}", cause);

    public bool Equals(SourceLine other) => true;

    public override int GetHashCode() => 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File ?? "scenario"}:{Number}");
}
