namespace DoorAgent.Hardware;

/// <summary>Calls into the bindings of dotnet/iot, which throw plain Exceptions where a chip does not answer.</summary>
internal static class BindingCall
{
    /// <summary>Asks a chip through its binding.</summary>
    /// <exception cref="IOException">The binding failed, in whatever way.</exception>
    public static T Ask<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
#pragma warning disable CA1031 // Whatever a binding throws, the chip is of no use now.
        catch (Exception failure) when (failure is not IOException)
#pragma warning restore CA1031
        {
            throw new IOException(failure.Message, failure);
        }
    }
}
