using DoorAgent.Networks;

namespace DoorAgent.Models;

/// <summary>Is told how a pull goes on.</summary>
internal interface IPullProgress
{
    /// <summary>A network is about to be fetched; so much of it, in bytes, is here from an earlier time.</summary>
    void Started(CatalogueEntry entry, long bytes);

    /// <summary>So much of it is there by now, in bytes; less than before where it starts anew.</summary>
    void Advanced(CatalogueEntry entry, long bytes);

    /// <summary>Something that a user wants to know, in a sentence.</summary>
    void Warned(CatalogueEntry entry, string what);
}
