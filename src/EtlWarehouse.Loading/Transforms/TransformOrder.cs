namespace EtlWarehouse.Loading.Transforms;

internal static class TransformOrder
{
    /// <summary>Each after what it reads; alphabetical where that leaves a choice, so that the order is the same everywhere.</summary>
    /// <exception cref="TransformException">Transforms need each other in a circle.</exception>
    public static IReadOnlyList<TransformFile> Of(IReadOnlyCollection<TransformFile> transforms)
    {
        var byName = transforms.ToDictionary(transform => transform.Name, StringComparer.Ordinal);
        var ordered = new List<TransformFile>();
        var path = new List<string>();
        foreach (var name in byName.Keys.Order(StringComparer.Ordinal))
            Visit(name);
        return ordered;

        void Visit(string name)
        {
            if (ordered.Any(transform => transform.Name == name))
                return;

            var circle = path.IndexOf(name);
            if (circle >= 0)
                throw new TransformException($"{byName[name].File}: expected no circle, found {string.Join(" <- ", path[circle..])} <- {name}");

            path.Add(name);
            var readers = transforms.Where(transform => transform.Befores.Contains(name)).Select(transform => transform.Name);
            foreach (var earlier in byName[name].Sources.Where(byName.ContainsKey).Concat(readers).Order(StringComparer.Ordinal))
                Visit(earlier);
            path.RemoveAt(path.Count - 1);
            ordered.Add(byName[name]);
        }
    }
}
