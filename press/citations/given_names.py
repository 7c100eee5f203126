"""Given names, by the language in which they are at home: whoever bears one is no body.

They only tell "Thomas de Waal" from "Deutsche Welle" where a name is typed in its natural order.
Common names suffice: what is not listed is asked for by a finding (W316).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Final

_NAMES: Final[Mapping[str, str]] = {
    "en": """
        Aaron Abigail Adam Agatha Agnes Aidan Alan Albert Alec Alexander Alexandra Alfred Alice
        Alison Allan Allen Amanda Amelia Amy Andrew Angela Ann Anna Anne Annie Anthony April
        Archibald Arnold Arthur Audrey Barbara Barry Beatrice Ben Benjamin Bernard Bertrand Beth
        Betty Bill Bo Bob Bobby Brenda Brian Bruce Calvin Cameron Carl Carol Caroline Catherine
        Cecil Charles Charlie Charlotte Chinua Chris Christina Christine Christopher Claire
        Clara Clement Clifford Clive Colin Connor Craig Cynthia Daisy Dan Daniel Daphne Dave
        David Dean Deborah Dennis Derek Desmond Diana Diane Dick Donald Donna Dora Doris Dorothy
        Douglas Duncan Dylan Ed Eddie Edgar Edith Edmund Edward Edwin Eileen Elaine Eleanor
        Elizabeth Ellen Emily Emma Eric Ernest Esther Ethel Eugene Eva Evelyn Ewan Fiona
        Florence Frances Francis Frank Fred Freddie Frederick Gareth Gary Geoffrey George Gerald
        Gertrude Gilbert Gillian Gladys Glenn Gordon Grace Graham Greg Gregory Hannah Harold
        Harriet Harry Harvey Hazel Heather Helen Henrietta Henry Herbert Hilary Howard Hubert
        Hugh Ian Ida Indira Irene Iris Isaac Isabel Isabella Ivy Jack Jackie Jacob Jacqueline
        James Jamie Jane Janet Janice Jason Jawaharlal Jean Jeffrey Jennifer Jeremy Jessica Jill
        Jim Jimmy Jo Joan Joanna Joe Joel John Johnny Jon Jonathan Joseph Josephine Josh Joshua
        Joyce Judith Julia Julian Julie Juliet Justin Karen Kate Katharine Katherine Kathleen
        Katie Keith Ken Kenneth Kevin Kim Kirsty Kofi Kyle Laura Lauren Lawrence Leo Leon
        Leonard Leslie Lewis Liam Lilian Linda Lisa Liz Lloyd Lois Louisa Louise Lucy Luke Lydia
        Malcolm Margaret Marian Marion Marjorie Mark Martha Martin Mary Matt Matthew Maurice Max
        May Meg Megan Melanie Melissa Michael Michelle Mike Mildred Miles Mohandas Molly Monica
        Morgan Mortimer Muriel Nancy Naomi Natalie Nathan Nathaniel Neil Nelson Neville Ngozi
        Nicholas Nick Nigel Noel Nora Norman Oliver Olivia Oscar Oswald Owen Pamela Pat Patricia
        Patrick Paul Pauline Peggy Penelope Percy Pete Peter Phil Philip Phillip Phyllis Priya
        Rachel Rajiv Ralph Ray Raymond Rebecca Reginald Richard Rob Robert Robin Roderick Rodney
        Roger Roland Ron Ronald Rosalind Rose Rosemary Rosie Ross Roy Rupert Russell Ruth Ryan
        Sally Sam Samantha Samuel Sandra Sanjay Sarah Scott Sean Sebastian Sharon Sheila Shirley
        Sidney Simon Sophia Sophie Spencer Stanley Stella Stephanie Stephen Steve Steven Stewart
        Stuart Sue Susan Suzanne Sybil Sylvia Ted Terence Teresa Terry Thelma Theodore Thomas
        Tim Timothy Tom Tommy Tony Tracy Trevor Ursula Valerie Vera Vernon Veronica Victor
        Victoria Vincent Viola Violet Virginia Vivian Walter Wanda Wayne Wendy Wilfred Will
        William Willie Winifred Winston Wole Zachary Zoe""",
    "de": """
        Achim Adalbert Adelheid Adolf Albrecht Alfons Alois Andrea Andreas Anette Anja Anke
        Anneliese Annette Anselm Antje Anton Armin Arnd August Axel Bastian Benno Bernd Bernhard
        Bernhardin Berta Berthold Bertolt Bettina Birgit Björn Bodo Brigitte Bruno Carola
        Carsten Christa Christian Christiane Christoph Claudia Claus Clemens Conrad Cornelia
        Dagmar Detlef Dieter Dietrich Dirk Dominik Doris Dorothea Eberhard Eckart Eckhard
        Edeltraud Egon Elfriede Elisabeth Elke Else Emil Erhard Erich Erika Ernst Erwin Eugen
        Felix Ferdinand Florian Franz Franziska Frieda Friedhelm Friedrich Fritz Gabriele Georg
        Gerd Gerda Gerhard Gerhart Gertrud Gisela Golo Gottfried Gotthold Gottlieb Gregor Gudrun
        Guido Gustav Günter Günther Hannelore Hans Harald Hartmut Hedwig Heike Heiko Heiner
        Heinrich Heinz Helga Helmut Helmuth Henning Herbert Hermann Hildegard Holger Horst
        Hubertus Hugo Immanuel Ingeborg Ingo Ingrid Irmgard Jan Jens Joachim Jochen Johann
        Johanna Johannes Josef Julius Jutta Jörg Jürgen Kai Karin Karl Karla Karsten Kaspar
        Kerstin Klaus Konrad Konstantin Kurt Leopold Lieselotte Lorenz Lothar Ludwig Lutz
        Magdalena Manfred Manuela Marcel Margarete Maria Marianne Marlene Mathilde Matthias
        Maximilian Meinhard Michaela Monika Moritz Nikolaus Nina Norbert Olaf Oskar Otto Peter
        Petra Philipp Rainald Rainer Ralf Regina Reinhard Reinhold Renate Rolf Rosa Rudolf
        Rüdiger Sabine Siegfried Siegmund Sigmund Sigrid Silke Stefan Stefanie Steffen Susanne
        Sven Tanja Theodor Thilo Thorsten Tilman Torsten Traudl Udo Ulrich Ulrike Ursula Ute Uwe
        Veit Volker Waldemar Walther Werner Wernher Wilhelm Wilhelmine Winfried Wolf Wolfgang
        Wolfram""",
    "nl": """
        Aart Ad Adriaan Anneke Annelies Arend Arie Arjen Bart Baruch Bas Bert Betje Boudewijn
        Bram Cees Christiaan Cor Cornelis Daan Desiderius Dirk Eelco Els Erasmus Evert Femke
        Floris Frans Frits Geert Gerard Gerrit Gijs Hanneke Harm Harmen Hendrik Hendrikje Herman
        Hugo Huub Ineke Jaap Jacoba Jacobus Jan Jannie Jasper Jelle Jeroen Johan Joke Joost
        Joris Jos Jurriaan Karel Kees Klaas Koen Lodewijk Maarten Machteld Margriet Marijke
        Marleen Martijn Mieke Nicolaas Niels Piet Pieter Reinier Rem Rembrandt Remco Renske Rien
        Riet Rob Roelof Ruud Sander Saskia Simon Sjoerd Teun Theo Tijs Tom Truus Vincent Wietske
        Wil Willem Wim Wouter Yvonne""",
    "fr": """
        Adrien Adèle Agnès Aimé Alain Albertine Alexandre Alexis Alfred Alphonse Amélie Anatole
        Anaïs André Andrée Antoine Antoinette Armand Arnaud Auguste Aurore Aurélie Baptiste
        Benoît Bernadette Bertrand Blaise Camille Catherine Chantal Charles Christelle
        Christophe Claude Claudine Clotilde Clémence Colette Corinne Cyril Cécile Céline César
        Danielle Delphine Denis Denise Didier Dominique Emmanuel Eugène Eugénie Fabien Fabrice
        Ferdinand Fernand François Françoise Frédéric Gabrielle Gaston Gaël Geneviève Georges
        Germaine Ghislaine Gilles Ginette Gisèle Guillaume Gustave Guy Gérard Henri Hippolyte
        Honoré Hugues Hélène Inès Irène Isabelle Jacques Jean Jeanne Joachim Joseph Joël Jules
        Juliette Jérôme Laure Laurence Laurent Lionel Louis Luc Lucie Lucien Lucienne Ludovic
        Madeleine Marc Marcel Marguerite Marie Marine Martine Mathilde Maxime Michel Michèle
        Mireille Monique Nadine Nathalie Nicolas Nicole Noël Odette Odile Olivier Pascal Patrice
        Philippe Pierre Prosper Quentin Raoul Raymonde Renaud René Renée Robert Roland Romain
        Régine Régis Rémi Sabine Serge Simone Solange Sophie Stéphane Sylvain Sylvie Thierry
        Théophile Thérèse Tristan Valéry Victor Virginie Vivien Véronique Xavier Yann Yves
        Yvette Yvonne Édith Édouard Éliane Élisabeth Élise Éloïse Émile Émilie Étienne""",
    "es": """
        Adolfo Agustín Alberto Alejandra Alejandro Alejo Alfonso Alfredo Amparo Ana Antonio
        Arturo Bartolomé Beatriz Benito Camilo Carlos Carmen Carolina Concepción Cristina
        Cristóbal Diego Dolores Eduardo Elena Emilio Enrique Ernesto Esperanza Esteban Estela
        Federico Felipe Fernando Fidel Francisca Francisco Félix Gabriel Gabriela Gerardo
        Gonzalo Gregorio Guadalupe Guillermo Gustavo Hernán Horacio Héctor Ignacio Inés Isabel
        Isidro Jaime Javier Jesús Joaquín Jorge Josefa Josefina José Juan Juana Julio Lorenzo
        Lourdes Lucía Luis Luisa Manuel Manuela Marcelo Marcos Margarita Mariana Mariano Mario
        Marta Martín María Mateo Mercedes Miguel Mónica Nicolás Octavio Pablo Paloma Patricio
        Pedro Pilar Rafael Ramón Raúl Ricardo Roberto Rodolfo Rodrigo Rosa Rosario Salvador
        Sancho Santiago Sergio Silvia Soledad Susana Teresa Tomás Valentín Vicente Ximena Álvaro
        Ángel""",
    "pt": """
        Abílio Afonso Agostinho Aloísio Amália Américo António Antônio Aníbal Augusto Bernardo
        Caetano Clarice Cláudio Cristiano Duarte Estêvão Euclides Fernão Filipe Gilberto Gonçalo
        Graça Guilherme Henrique Inácio Jerónimo Joaquim Jorge José João Luiz Luís Luísa Lídia
        Manoel Margarida Miguel Murilo Márcio Mário Nuno Osvaldo Paulo Pêro Rui Sebastião Sofia
        Sérgio Tiago Tomé Urbano Vasco Vinícius Álvares""",
    "it": """
        Achille Adriano Alberto Alessandra Alessandro Alessia Andrea Angelo Antonella Antonia
        Antonio Arrigo Bartolomeo Benedetto Beppe Bianca Bruna Carlo Caterina Cesare Chiara
        Claudio Cosimo Dante Dario Domenico Donatella Elisa Elsa Emanuele Enrico Enzo Ettore
        Fabio Fabrizio Federica Filippo Francesca Francesco Galileo Gennaro Giacomo Gian Gianni
        Giordano Giorgio Giovanna Giovanni Giulia Giuliano Giulio Giuseppe Grazia Italo Leonardo
        Luca Lucia Luigi Luigia Marcello Marco Massimo Matteo Maurizio Michele Natalia Niccolò
        Norberto Paola Paolo Pier Piero Pietro Primo Renato Roberta Roberto Rocco Salvatore
        Sandro Silvio Simona Stefano Tommaso Torquato Ugo Umberto Valeria Vincenzo Virgilio
        Vittorio""",
    "ar": """
        Abbas Abdallah Abdullah Adnan Ahmad Ahmed Aisha Akram Ali Amin Amina Amir Anwar Ayman
        Aziz Bashar Bashir Faisal Farid Fatima Fouad Fuad Gamal Ghassan Habib Hafez Halima Hamid
        Hanan Hasan Hassan Hisham Husayn Hussain Hussein Ibrahim Idris Imad Ismail Jalal Jamal
        Jamil Kamal Karim Khadija Khaled Khalid Khalil Laila Layla Mahmoud Mahmud Majid Malik
        Mansur Maryam Mohamed Mohammad Mohammed Muhammad Munir Mustafa Nabil Nadia Naguib Nasir
        Nasser Nizar Nur Omar Osama Rania Rashid Saddam Sadiq Said Salah Saleh Salim Sami Samir
        Sayyid Suleiman Taha Tahar Taher Tariq Tawfiq Umar Usama Walid Yahya Yasir Yasser
        Youssef Yusuf Zahra Zainab Zaki""",
    "other": """
        Abulfaz Adil Agnieszka Aleksandar Aleksander Aleksandr Aleksei Alexei Alexey Alla
        Alovsat Anar Anastasia Anatoly Anders Andrei Andrej Andrey Andrzej Ara Aram Ararat Arif
        Aristotelis Armen Arseny Artem Asef Ashot Astrid Ayaz Aydın Barbro Bjørn Bogdan Bohdan
        Bohumil Boris Borys Branko Bülent Czesław Darya Davit Dimitri Dimitrios Dmitri Dmitry
        Dmytro Dragan Edvard Ekaterina Elif Elmar Emre Erik Etibar Eyvind Fazil Fyodor Gaidar
        Garegin Gavril Gennady Georgi Georgios Georgy Gevorg Giorgi Gleb Grigol Grigor Grigory
        Gulbuddin Gunnar Gurgen Göran Halldór Hayk Heydar Hovhannes Hrachya Hrant Håkan Ignacy
        Igor Ilham Ilya Inga Ingmar Ioannis Irina Isa Ivan Ivar Ivo Jaroslav Jens Jerzy Jiří
        Josip Józef Kaya Kazimierz Kemal Kirill Knut Konstantinos Krzysztof Kåre Lajos Larisa
        Lars Lech Leonid Levon Liv Ljudmila Lyudmila Magnus Marek Marko Mehmet Mikael Mikhail
        Mikhailo Mikołaj Milan Milena Milica Miloš Mircea Miroslav Monte Mykola Nasib Natalia
        Nazım Nikita Nikola Nikolai Nikolaos Nikolay Nikos Ole Oleg Oleksandr Olena Olga Olof
        Orhan Pavel Pekka Petr Petro Petros Piotr Radovan Ramiz Rasul Recep Robert Roman Ruben
        Rustam Ryszard Safar Samvel Serge Sergei Sergey Serhii Serhiy Serzh Slavoj Stanisław
        Stepan Surat Suren Svetlana Søren Tadeusz Tamar Tansu Taras Tatiana Thorvald Tigran
        Tomáš Tove Turgut Vaclav Vagif Vahan Valentina Vartan Vasily Vasyl Vazgen Viktor
        Vladimir Vojtěch Volodymyr Vyacheslav Václav Witold Wojciech Yegor Yevgeny Yuri Yuriy
        Yury Zbigniew Zoran Zori Zviad""",
}


def folded(word: str) -> str:
    """A word in small letters without accents."""
    letters = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _homes() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for language, names in _NAMES.items():
        for name in map(folded, names.split()):
            found[name] = found.get(name, frozenset()) | {language}
    return found


_HOMES: Final = _homes()


def homes(word: str) -> frozenset[str]:
    """The languages in which a word is a given name; of "Jean-Pierre" the first part decides."""
    return _HOMES.get(folded(word.partition("-")[0]), frozenset())
