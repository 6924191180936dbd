namespace DoorAgent;

/// <summary>What to say where a native library is not there.</summary>
internal static class NativeLibraries
{
    /// <summary>What is missing and how to get it; null for an exception that has another reason.</summary>
    public static string? Missing(Exception failure) => failure switch
    {
        TypeInitializationException { InnerException: { } inner } => Missing(inner),
        DllNotFoundException missing => $"A native library does not load: {missing.Message.Split('\n')[0].TrimEnd('.')}. "
            + "OpenCV's needs these Debian packages: apt-get install --no-install-recommends libgtk-3-0 libdrm2 libatomic1",
        _ => null,
    };
}
