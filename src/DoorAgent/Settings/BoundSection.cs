using System.Collections;
using System.Reflection;
using DoorAgent.Hardware.Settings;

namespace DoorAgent.Settings;

/// <summary>The options of one section, with the errors of their values.</summary>
/// <param name="Options">The options, valid or not.</param>
/// <param name="Errors">The errors; each message begins with its key.</param>
internal sealed record BoundSection(ICheckedOptions Options, IReadOnlyList<string> Errors)
{
    /// <summary>Binds and checks options of a type.</summary>
    public static BoundSection Of(Type type, IConfiguration configuration)
    {
        ICheckedOptions options = (ICheckedOptions)Activator.CreateInstance(type)!;
        string name = KnownKeys.SectionOf(type);
        IConfigurationSection section = configuration.GetSection(name);
        ReplaceLists(options, section);
        section.Bind(options);
        return new BoundSection(options, OptionErrors.Of(options, name));
    }

    // Binding appends to a list that has defaults; a list in the configuration replaces them.
    private static void ReplaceLists(ICheckedOptions options, IConfigurationSection section)
    {
        foreach (PropertyInfo property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0 || !section.GetSection(property.Name).Exists())
                continue;
            if (property.PropertyType.IsArray && property.CanWrite)
                property.SetValue(options, Array.CreateInstance(property.PropertyType.GetElementType()!, 0));
            else if (property.GetValue(options) is IList { IsFixedSize: false } list)
                list.Clear();
        }
    }
}
