"""A page of a news site, written for these tests."""

from __future__ import annotations

NEWS = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Port of Rizhao grows again - Example News</title>
<meta name="description" content="The port handled 4.2% more &amp; plans &quot;two quays&quot;.">
<script>var menu = "<p>This is no text of the article at all.</p>";</script>
<style>p { color: black }</style>
</head>
<body>
<div class="cookie-banner"><p>We use cookies to improve your experience. By going on you accept our policy.</p>
<button>Accept all</button></div>
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li><li><a href="/sport">Sport</a></li>
</ul></nav></header>
<main><article>
<h1>Port of Rizhao grows again</h1>
<p class="lead">The <b>port of Rizhao</b> handled 500 million tonnes of goods in 2021, 4.2% more than in the year
before. It is <a href="/ports?a=1&amp;b=2">one of the largest</a> in the country&nbsp;&mdash; and it is growing.</p>
<!-- advertisement slot 3 -->
<div class="ad"><a href="https://ads.example/">Buy cheap containers now!</a></div>
<figure><img src="quay.jpg" alt="A quay"><figcaption>A quay of the port in the morning.</figcaption></figure>
<p>The mayor said on Monday that the port would be electrified by the end of the year,<br>and that two more quays
would follow when the money for them had been found by the city.<sup>1</sup></p>
<h2>Outlook</h2>
<ul>
<li>New quays are to be built by 2025, the port group said in a statement.</li>
<li>Three billion yuan are to be invested in them over the years to come.</li>
</ul>
<table><caption>Tonnes handled by year</caption>
<tr><th>Year</th><th>Tonnes</th></tr><tr><td>2020</td><td>480 million</td></tr></table>
<blockquote><p>We will not stop here, for the sea does not stop either, said the chairman of the group.</p></blockquote>
<pre>left   alone</pre>
</article></main>
<aside><h3>Related stories</h3><ul><li><a href="/1">Ten beaches to see</a></li><li><a href="/2">Stocks fall</a></li>
</ul></aside>
<footer><p>Copyright 2022 Example News. All rights reserved.</p></footer>
</body>
</html>
"""
