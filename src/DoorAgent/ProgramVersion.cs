using System.Reflection;

namespace DoorAgent;

/// <summary>Which program this is: the version, and the commit that it was built from where that is known.</summary>
internal static class ProgramVersion
{
    /// <summary>As --version prints it.</summary>
    public static string Text { get; } = typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
