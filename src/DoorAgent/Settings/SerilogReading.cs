using System.Globalization;
using System.Reflection;
using Serilog;
using Serilog.Settings.Configuration;

namespace DoorAgent.Settings;

/// <summary>Lets Serilog read its section, or a part of the section.</summary>
internal static class SerilogReading
{
    /// <summary>Applies the section to a logger configuration.</summary>
    /// <param name="logger">The logger configuration.</param>
    /// <param name="settings">The settings, with or without the section.</param>
    /// <param name="isMeant">Which keys are read, by the word after Serilog.</param>
    /// <exception cref="UserErrorException">Serilog cannot use the section.</exception>
    public static LoggerConfiguration Read(LoggerConfiguration logger, IConfiguration settings, Func<string, bool> isMeant) =>
        Read(logger, Part(settings, isMeant, pair => [pair]));

    /// <summary>Applies a prepared section to a logger configuration.</summary>
    /// <exception cref="UserErrorException">Serilog cannot use the section.</exception>
    public static LoggerConfiguration Read(LoggerConfiguration logger, IConfiguration part)
    {
        try
        {
            return logger.ReadFrom.Configuration(part, new ConfigurationReaderOptions(SerilogMethods.Assemblies)
            {
                SectionName = KnownKeys.SerilogSection,
                FormatProvider = CultureInfo.InvariantCulture,
            });
        }
#pragma warning disable CA1031 // Whatever a sink's making throws: the reader calls code by the names that people write.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Exception cause = failure is TargetInvocationException { InnerException: { } inner } ? inner : failure;
            throw new UserErrorException($"Section {KnownKeys.SerilogSection} cannot be used: {cause.Message}", failure);
        }
    }

    /// <summary>A part of the section, in the same layers: where a level is written in two forms, the later layer wins.</summary>
    public static IConfigurationRoot Part(IConfiguration settings, Func<string, bool> isMeant,
        Func<KeyValuePair<string, string?>, IEnumerable<KeyValuePair<string, string?>>> rewritten)
    {
        ConfigurationBuilder layers = new();
        foreach (IConfigurationProvider layer in ((IConfigurationRoot)settings).Providers)
        {
            layers.AddInMemoryCollection(new ConfigurationRoot([layer]).GetSection(KnownKeys.SerilogSection).AsEnumerable()
                .Where(pair => pair.Value is not null && pair.Key.Split(':') is [_, var word, ..] && isMeant(word)).SelectMany(rewritten));
        }

        return layers.Build();
    }
}
